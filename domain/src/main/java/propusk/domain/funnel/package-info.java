/// How many come how far.
@NullMarked
package propusk.domain.funnel;

import org.jspecify.annotations.NullMarked;
