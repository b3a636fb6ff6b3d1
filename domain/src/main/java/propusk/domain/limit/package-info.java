/// How often somebody may do something.
@NullMarked
package propusk.domain.limit;

import org.jspecify.annotations.NullMarked;
