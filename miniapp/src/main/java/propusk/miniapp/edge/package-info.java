/// What every answer has in common: headers, origins, request ids, errors, assets.
@NullMarked
package propusk.miniapp.edge;

import org.jspecify.annotations.NullMarked;
