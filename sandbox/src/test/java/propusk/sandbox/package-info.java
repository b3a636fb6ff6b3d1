@NullMarked
package propusk.sandbox;

import org.jspecify.annotations.NullMarked;
