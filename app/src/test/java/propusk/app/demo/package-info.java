/// The demo as a stranger starts it.
@NullMarked
package propusk.app.demo;

import org.jspecify.annotations.NullMarked;
