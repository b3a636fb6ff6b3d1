/// The Bot API over HTTP, with Telegram's own rules and error answers, and the chats behind it.
@NullMarked
package propusk.sandbox.botapi;

import org.jspecify.annotations.NullMarked;
