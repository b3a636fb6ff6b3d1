/// Encrypted messages: containers, acknowledgements, salts, sessions.
@NullMarked
package propusk.sandbox.dc.message;

import org.jspecify.annotations.NullMarked;
