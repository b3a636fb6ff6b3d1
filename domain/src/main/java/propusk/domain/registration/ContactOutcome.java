package propusk.domain.registration;

import java.time.Instant;

/// What came of a contact that a person shared.
public sealed interface ContactOutcome {
  /// It is taken, and a code is on its way.
  record Received(Registration registration) implements ContactOutcome {}

  /// No registration of this person waits for one.
  record NotAsked() implements ContactOutcome {}

  /// They asked for too many codes.
  record Closed(Instant until) implements ContactOutcome {}
}
