/// Invites: codes that grant a plan.
@NullMarked
package propusk.domain.invite;

import org.jspecify.annotations.NullMarked;
