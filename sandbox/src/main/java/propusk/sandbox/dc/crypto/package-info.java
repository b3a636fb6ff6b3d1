/// MTProto's use of AES, SHA, RSA and Diffie-Hellman, on the JDK's primitives.
@NullMarked
package propusk.sandbox.dc.crypto;

import org.jspecify.annotations.NullMarked;
