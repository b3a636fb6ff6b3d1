/// The clock that decides deadlines.
@NullMarked
package propusk.domain.time;

import org.jspecify.annotations.NullMarked;
