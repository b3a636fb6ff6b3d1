@NullMarked
package propusk.mtproto.vault;

import org.jspecify.annotations.NullMarked;
