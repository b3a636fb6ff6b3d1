/// The arithmetic of MTProto.
@NullMarked
package propusk.sandbox.dc.crypto;

import org.jspecify.annotations.NullMarked;
