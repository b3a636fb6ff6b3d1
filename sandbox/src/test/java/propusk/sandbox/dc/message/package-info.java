/// Messages and their envelopes.
@NullMarked
package propusk.sandbox.dc.message;

import org.jspecify.annotations.NullMarked;
