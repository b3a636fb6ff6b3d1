/// Browsers that are known again.
@NullMarked
package propusk.domain.device;

import org.jspecify.annotations.NullMarked;
