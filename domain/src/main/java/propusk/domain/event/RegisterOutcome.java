package propusk.domain.event;

/// What came of asking for a place at an event.
public enum RegisterOutcome {
  REGISTERED,
  /// They had a place before, and keep it.
  ALREADY,
  FULL,
  PAST,
  CANCELLED;

  /// Whether the person has a place now.
  public boolean in() {
    return this == REGISTERED || this == ALREADY;
  }
}
