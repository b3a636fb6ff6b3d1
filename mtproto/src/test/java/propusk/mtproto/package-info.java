@NullMarked
package propusk.mtproto;

import org.jspecify.annotations.NullMarked;
