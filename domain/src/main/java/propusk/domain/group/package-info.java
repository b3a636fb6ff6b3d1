/// Groups that our bots are in.
@NullMarked
package propusk.domain.group;

import org.jspecify.annotations.NullMarked;
