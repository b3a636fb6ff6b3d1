package propusk.domain.registration;

/// What came of opening a registration's link in the chat.
public sealed interface OpenOutcome {
  /// The person may share their contact now.
  record Asked(Registration registration) implements OpenOutcome {}

  /// Their contact is there already.
  record Received() implements OpenOutcome {}

  /// Somebody else opened it before.
  record Taken() implements OpenOutcome {}

  /// There is none, or it is over.
  record Gone() implements OpenOutcome {}
}
