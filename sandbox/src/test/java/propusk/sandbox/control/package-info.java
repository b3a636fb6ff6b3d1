@NullMarked
package propusk.sandbox.control;

import org.jspecify.annotations.NullMarked;
