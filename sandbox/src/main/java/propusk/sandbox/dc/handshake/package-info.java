/// Making authorization keys, and keeping them.
@NullMarked
package propusk.sandbox.dc.handshake;

import org.jspecify.annotations.NullMarked;
