/// The login in an ordinary browser: the second screen and the password page.
@NullMarked
package propusk.miniapp.connect;

import org.jspecify.annotations.NullMarked;
