package propusk.domain.event;

import java.time.Instant;
import java.util.Optional;

/// What came of an organization's word, by its service key, on who wants to enter.
public sealed interface VouchOutcome {
  /// @param admission where the sign-in is an event's
  record Vouched(Optional<Admission> admission) implements VouchOutcome {}

  /// They picked another number than the page shows: the sign-in is closed.
  record Mismatched() implements VouchOutcome {}

  /// It was answered or used, or its time is over.
  record Over() implements VouchOutcome {}

  /// There is no such sign-in of this organization that waits for this person.
  record Unknown() implements VouchOutcome {}

  record Limited(Instant until) implements VouchOutcome {}
}
