/// The bots we answer as.
@NullMarked
package propusk.domain.bot;

import org.jspecify.annotations.NullMarked;
