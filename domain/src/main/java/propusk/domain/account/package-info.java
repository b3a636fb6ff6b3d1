/// People we met in a verified way.
@NullMarked
package propusk.domain.account;

import org.jspecify.annotations.NullMarked;
