/// Organizations, and the people they have met.
@NullMarked
package propusk.domain.organization;

import org.jspecify.annotations.NullMarked;
