package propusk.domain.registration;

import java.time.Instant;

/// What came of asking for another code.
public sealed interface ResendOutcome {
  /// It is on its way.
  record Sending() implements ResendOutcome {}

  record TooEarly(Instant at) implements ResendOutcome {}

  /// This registration has had all its codes.
  record NoMore() implements ResendOutcome {}

  /// This browser has no registration with a code, or an organization's bot sends it.
  record NotAsked() implements ResendOutcome {}

  record Closed(Instant until) implements ResendOutcome {}
}
