/// Which plan an account has.
@NullMarked
package propusk.domain.subscription;

import org.jspecify.annotations.NullMarked;
