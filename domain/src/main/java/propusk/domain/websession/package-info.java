/// Browsers that entered the website.
@NullMarked
package propusk.domain.websession;

import org.jspecify.annotations.NullMarked;
