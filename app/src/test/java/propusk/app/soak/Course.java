package propusk.app.soak;

import java.util.Locale;

/// The ways a login is led.
enum Course {
  /// Its owner scans.
  RIGHT,
  /// Its owner, connected already, connects anew.
  AGAIN,
  /// Its owner asks for a second login before the first is done, and scans that one.
  TWICE,
  /// Its owner, who has a two-step password, scans.
  PASSWORD,
  /// Somebody else scans.
  WRONG,
  /// Its owner cancels on the page.
  CANCEL,
  /// Nobody does anything until the page's time is over.
  EXPIRE,
  /// Telegram asks to wait; then its owner scans, if there is anything to scan.
  REFUSAL;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
