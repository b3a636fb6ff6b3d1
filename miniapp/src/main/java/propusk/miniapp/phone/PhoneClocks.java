package propusk.miniapp.phone;

import java.time.Instant;
import propusk.domain.login.Login;
import propusk.domain.time.Times;

/// How long what is on the page still counts.
final class PhoneClocks {
  private PhoneClocks() {}

  /// Whole seconds, rounded up; the time stands still while the login waits for a place.
  static long secondsLeft(Login login, Instant now) {
    return Times.secondsUntil(login.waitingSince().orElse(now), login.deadline());
  }

  /// `4:12`, or `18 s` below a minute, as the page's script goes on to write it.
  static String spell(long seconds) {
    return "%d:%02d".formatted(seconds / 60, seconds % 60);
  }
}
