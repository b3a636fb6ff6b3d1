/// Updates that Telegram brings: the door, and the commit that many of them share.
@NullMarked
package propusk.bot.webhook;

import org.jspecify.annotations.NullMarked;
