@NullMarked
package propusk.mtproto.tdlib;

import org.jspecify.annotations.NullMarked;
