@NullMarked
package propusk.mtproto.client;

import org.jspecify.annotations.NullMarked;
