/// Child processes that are kept running and end with this one.
@NullMarked
package propusk.app.supervise;

import org.jspecify.annotations.NullMarked;
