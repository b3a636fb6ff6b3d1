/// Plans and their limits.
@NullMarked
package propusk.domain.plan;

import org.jspecify.annotations.NullMarked;
