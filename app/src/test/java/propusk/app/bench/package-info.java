/// Load runs: `./propusk bench`. They measure and print; nothing here passes or fails by a figure.
@NullMarked
package propusk.app.bench;

import org.jspecify.annotations.NullMarked;
