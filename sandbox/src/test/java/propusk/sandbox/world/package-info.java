/// The world keeps what it is told.
@NullMarked
package propusk.sandbox.world;

import org.jspecify.annotations.NullMarked;
