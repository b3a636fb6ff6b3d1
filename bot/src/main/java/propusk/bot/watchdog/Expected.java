package propusk.bot.watchdog;

import java.util.Set;

/// How a bot's webhook should be.
public sealed interface Expected {

  /// We poll, which Telegram refuses while a webhook is set.
  record None() implements Expected {}

  /// @param kinds of updates, as `allowed_updates`
  record At(String url, Set<String> kinds, int connections) implements Expected {
    public At {
      kinds = Set.copyOf(kinds);
    }
  }
}
