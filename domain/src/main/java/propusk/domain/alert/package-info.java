/// What the operator must know.
@NullMarked
package propusk.domain.alert;

import org.jspecify.annotations.NullMarked;
