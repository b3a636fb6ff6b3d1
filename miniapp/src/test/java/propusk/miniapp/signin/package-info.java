@NullMarked
package propusk.miniapp.signin;

import org.jspecify.annotations.NullMarked;
