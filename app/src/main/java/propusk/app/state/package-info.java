/// Where this program keeps its files.
@NullMarked
package propusk.app.state;

import org.jspecify.annotations.NullMarked;
