/// Erasing all that we hold of a person.
@NullMarked
package propusk.domain.deletion;

import org.jspecify.annotations.NullMarked;
