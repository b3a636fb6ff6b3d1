/// What Telegram signs for a Mini App launch, and how it is checked.
@NullMarked
package propusk.miniapp.initdata;

import org.jspecify.annotations.NullMarked;
