@NullMarked
package propusk.sandbox.page;

import org.jspecify.annotations.NullMarked;
