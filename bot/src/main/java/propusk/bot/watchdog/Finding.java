package propusk.bot.watchdog;

import java.util.Locale;

/// What can be said of a webhook that is not just as it should be.
public enum Finding {
  /// None is set, and we have not set one before.
  NOT_SET(true),
  /// Ours was taken away.
  TAKEN_AWAY(true),
  /// It leads somewhere else.
  ELSEWHERE(true),
  /// We poll, and there is one.
  UNWANTED(true),
  /// Telegram was given a certificate; we never give one.
  CERTIFICATE(true),
  /// Telegram reaches our address at another IP address than before; one that was fixed by somebody
  /// goes away when the webhook is set again.
  OTHER_IP(true),
  /// Other kinds of updates than we want.
  KINDS(true),
  CONNECTIONS(true),
  /// Our door turned Telegram away: it does not show the secret.
  SECRET_ERASED(true),
  /// Deliveries fail, and ever more wait.
  FAILING(true),
  /// A delivery failed since the last look, and no more wait than before.
  HICCUP(false),
  /// Ever more wait, though deliveries do not fail.
  BACKLOG(false),
  /// Somebody who is not Telegram knocked.
  STRANGERS(false);

  private final boolean repaired;

  Finding(boolean repaired) {
    this.repaired = repaired;
  }

  /// Whether setting the webhook again is the remedy.
  boolean repaired() {
    return repaired;
  }

  /// The word in rows, logs and answers.
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
