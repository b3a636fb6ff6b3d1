package propusk.bot.watchdog;

import java.util.Locale;

/// Why somebody looks after a webhook.
public enum Occasion {
  /// This process has just started.
  START,
  /// The last look is two minutes old.
  TIMER,
  /// Whoever has the cron secret asks.
  REQUEST,
  /// Telegram refused our poll: somebody else polls, or there is a webhook.
  CONFLICT;

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
