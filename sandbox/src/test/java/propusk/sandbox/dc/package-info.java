/// The data centre, talked to by a small client of our own.
@NullMarked
package propusk.sandbox.dc;

import org.jspecify.annotations.NullMarked;
