/// How packets are framed and obfuscated on a TCP connection.
@NullMarked
package propusk.sandbox.dc.transport;

import org.jspecify.annotations.NullMarked;
