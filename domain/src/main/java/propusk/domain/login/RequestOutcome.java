package propusk.domain.login;

import java.time.Instant;
import propusk.domain.plan.Plan;

/// What came of `/login`.
public sealed interface RequestOutcome {
  /// A page waits for its owner until the login's deadline.
  ///
  /// @param earlierEnded an earlier login of the same person was ended by this one
  record Granted(Login login, boolean earlierEnded) implements RequestOutcome {}

  record UnknownInvite() implements RequestOutcome {}

  record ExpiredInvite(Instant at) implements RequestOutcome {}

  record WithdrawnInvite() implements RequestOutcome {}

  record UsedUpInvite() implements RequestOutcome {}

  /// This person has redeemed it before.
  record AlreadyRedeemed() implements RequestOutcome {}

  /// The person has another active plan: ask first.
  record ConfirmPlan(Plan current, Plan offered) implements RequestOutcome {}

  /// Without an invite, and nothing to renew.
  record NeedsInvite() implements RequestOutcome {}

  /// A scan was just accepted: the login before this one is about to complete.
  record JustFinishing() implements RequestOutcome {}
}
