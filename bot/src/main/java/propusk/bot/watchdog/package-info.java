/// Sees to it that Telegram brings updates where it should.
@NullMarked
package propusk.bot.watchdog;

import org.jspecify.annotations.NullMarked;
