/// The way in by Telegram's Login Widget.
@NullMarked
package propusk.miniapp.widget;

import org.jspecify.annotations.NullMarked;
