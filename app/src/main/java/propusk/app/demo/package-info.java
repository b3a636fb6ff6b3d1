/// Everything on one machine with nothing configured.
@NullMarked
package propusk.app.demo;

import org.jspecify.annotations.NullMarked;
