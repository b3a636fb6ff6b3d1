/// Events of organizations, and who has a place at them.
@NullMarked
package propusk.domain.event;

import org.jspecify.annotations.NullMarked;
