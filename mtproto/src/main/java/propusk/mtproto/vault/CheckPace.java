package propusk.mtproto.vault;

import java.time.Duration;
import propusk.domain.session.SessionChecks.Load;

/// How fast saved sessions are checked: all of them once in a period, one after the other at even
/// distances, whatever the moment they were made.
///
/// A few sessions are checked every four hours; with more of them the period grows up to a day, and
/// only then the distance shrinks.
///
/// @param slot the distance between two checks of one worker
record CheckPace(Duration period, Duration slot) {
  static final Duration SHORTEST = Duration.ofHours(4);
  static final Duration LONGEST = Duration.ofDays(1);
  private static final Duration DISTANCE = Duration.ofSeconds(30);

  /// Part of the period that is used: what logins and restarts take away is made up in the rest.
  private static final double USED = 0.8;

  static CheckPace of(Load load) {
    var sessions = Math.max(1, load.sessions());
    var wished = DISTANCE.multipliedBy(sessions);
    var period =
        wished.compareTo(SHORTEST) < 0
            ? SHORTEST
            : wished.compareTo(LONGEST) > 0 ? LONGEST : wished;
    var slot = USED * period.toMillis() * Math.max(1, load.workers()) / sessions;
    return new CheckPace(period, Duration.ofMillis(Math.max(1, Math.round(slot))));
  }

  /// A session is left alone this long after a check: that spreads those that were made together.
  Duration rest() {
    return period.dividedBy(2);
  }
}
