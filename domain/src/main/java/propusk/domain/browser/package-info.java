/// Browsers as they call themselves.
@NullMarked
package propusk.domain.browser;

import org.jspecify.annotations.NullMarked;
