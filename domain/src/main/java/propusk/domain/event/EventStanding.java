package propusk.domain.event;

import java.util.Locale;

/// How an event stands now. Only that it is cancelled is written down: the rest follows from its
/// times and its registrations.
public enum EventStanding {
  OPEN,
  /// Nobody else may come.
  FULL,
  PAST,
  CANCELLED;

  /// The name in JSON and texts, such as `open`.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
