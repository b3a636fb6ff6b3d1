/// The program: command line, configuration, wiring, supervision.
@NullMarked
package propusk.app;

import org.jspecify.annotations.NullMarked;
