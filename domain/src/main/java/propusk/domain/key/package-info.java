/// Keys of organizations' own sites and bots.
@NullMarked
package propusk.domain.key;

import org.jspecify.annotations.NullMarked;
