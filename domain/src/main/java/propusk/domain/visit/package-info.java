/// Openings of the Mini App's home, and the links that lead from there to the website.
@NullMarked
package propusk.domain.visit;

import org.jspecify.annotations.NullMarked;
