/// What operators and admins did.
@NullMarked
package propusk.domain.audit;

import org.jspecify.annotations.NullMarked;
