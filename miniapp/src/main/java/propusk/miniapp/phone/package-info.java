/// Phone and code: the other way in, for a browser.
@NullMarked
package propusk.miniapp.phone;

import org.jspecify.annotations.NullMarked;
