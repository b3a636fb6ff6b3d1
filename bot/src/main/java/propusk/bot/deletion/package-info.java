/// Finishing what people asked to have erased.
@NullMarked
package propusk.bot.deletion;

import org.jspecify.annotations.NullMarked;
