/// Updates kept until they are handled.
@NullMarked
package propusk.domain.inbox;

import org.jspecify.annotations.NullMarked;
