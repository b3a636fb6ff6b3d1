package propusk.domain.event;

/// What came of cancelling an event.
public sealed interface CancelOutcome {
  /// @param told how many had a place and are told
  record Cancelled(int told) implements CancelOutcome {}

  /// It was cancelled before.
  record Already() implements CancelOutcome {}

  /// It is over.
  record Past() implements CancelOutcome {}
}
