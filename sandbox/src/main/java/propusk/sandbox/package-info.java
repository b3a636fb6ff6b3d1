/// Telegram of our own: data centre, Bot API, and a page that plays chat and phone.
@NullMarked
package propusk.sandbox;

import org.jspecify.annotations.NullMarked;
