package propusk.domain.event;

/// What came of a person's wish to give their place back.
public enum LeaveOutcome {
  /// It is free now.
  LEFT,
  /// They had none, or have given it back before.
  NONE,
  /// The event is over or cancelled: there is nothing to give back any more.
  OVER
}
