/// Pages from their templates.
@NullMarked
package propusk.miniapp.page;

import org.jspecify.annotations.NullMarked;
