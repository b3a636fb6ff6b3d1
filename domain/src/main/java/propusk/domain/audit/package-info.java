/// What operators did.
@NullMarked
package propusk.domain.audit;

import org.jspecify.annotations.NullMarked;
