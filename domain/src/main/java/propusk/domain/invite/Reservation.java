package propusk.domain.invite;

import java.time.Instant;
import propusk.domain.plan.Plan;

/// What came of asking for one use of an invite.
public sealed interface Reservation {
  /// One use is held until it is redeemed or released.
  record Reserved(InviteId invite, Plan plan) implements Reservation {}

  record Unknown() implements Reservation {}

  record Expired(Instant at) implements Reservation {}

  record Withdrawn() implements Reservation {}

  record UsedUp() implements Reservation {}

  /// This account has redeemed it before.
  record AlreadyRedeemed() implements Reservation {}
}
