/// Where files are kept.
@NullMarked
package propusk.app.state;

import org.jspecify.annotations.NullMarked;
