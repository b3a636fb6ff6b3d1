package propusk.app.supervise;

import java.time.Duration;

/// How long to wait before a child is started again: longer after each short life, up to half a
/// minute.
final class BackOff {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration LONG_LIFE = Duration.ofSeconds(60);

  private Duration next = FIRST;

  Duration after(Duration life) {
    if (life.compareTo(LONG_LIFE) >= 0) {
      next = FIRST;
    }
    var now = next;
    var doubled = now.multipliedBy(2);
    next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    return now;
  }
}
