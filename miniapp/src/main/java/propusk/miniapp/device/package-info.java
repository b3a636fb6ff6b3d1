/// Browsers that are known again.
@NullMarked
package propusk.miniapp.device;

import org.jspecify.annotations.NullMarked;
