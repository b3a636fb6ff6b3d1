/// The client's end of the transports.
@NullMarked
package propusk.sandbox.dc.transport;

import org.jspecify.annotations.NullMarked;
