/// Messages: sent in order, at Telegram's pace.
@NullMarked
package propusk.bot.sending;

import org.jspecify.annotations.NullMarked;
