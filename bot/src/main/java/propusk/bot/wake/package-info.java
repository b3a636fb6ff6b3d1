/// How waiting threads hear of new rows.
@NullMarked
package propusk.bot.wake;

import org.jspecify.annotations.NullMarked;
