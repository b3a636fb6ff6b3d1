package propusk.domain.event;

import java.time.Instant;

/// What came of a code that an organization's own bot brought, with its service key.
public sealed interface VouchOutcome {
  record Vouched(Admission admission) implements VouchOutcome {}

  /// There is no such code of this organization, it is over, or it was used.
  record Refused() implements VouchOutcome {}

  record Limited(Instant until) implements VouchOutcome {}
}
