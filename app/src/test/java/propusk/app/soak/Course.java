package propusk.app.soak;

import java.util.Locale;

/// The ways a login is led.
enum Course {
  /// Its owner scans.
  RIGHT,
  /// Somebody else scans.
  WRONG,
  /// Its owner cancels on the page.
  CANCEL;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
