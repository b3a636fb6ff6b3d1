@NullMarked
package propusk.mtproto.worker;

import org.jspecify.annotations.NullMarked;
