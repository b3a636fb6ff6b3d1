package propusk.domain.bot;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How much of a bot's work is left.
///
/// @param open what is still to be done, what waits for another try included
/// @param oldest since when the oldest of it waits
/// @param dead what was put aside for an operator
public record Backlog(long open, Optional<Instant> oldest, long dead) {
  public static final Backlog NONE = new Backlog(0, Optional.empty(), 0);

  /// How long the oldest has waited; zero where nothing waits.
  public Duration age(Instant now) {
    return oldest
        .map(since -> Duration.between(since, now))
        .filter(age -> !age.isNegative())
        .orElse(Duration.ZERO);
  }
}
