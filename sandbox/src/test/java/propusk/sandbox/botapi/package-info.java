@NullMarked
package propusk.sandbox.botapi;

import org.jspecify.annotations.NullMarked;
