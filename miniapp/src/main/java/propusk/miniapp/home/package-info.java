/// The Mini App's home: a person's account inside Telegram, and the way from there to the website.
@NullMarked
package propusk.miniapp.home;

import org.jspecify.annotations.NullMarked;
