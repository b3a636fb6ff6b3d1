/// All pages and JSON endpoints, and the push to browsers.
@NullMarked
package propusk.miniapp;

import org.jspecify.annotations.NullMarked;
