package propusk.domain.limit;

import java.time.Duration;

/// Every rate limit of the product in one table.
public enum Limit {
  /// Wrong invite codes sent by one Telegram id.
  INVITE_GUESS_PER_PERSON("invite_guess_person", 10, Duration.ofHours(1)),
  /// Wrong invite codes sent by all together: 60 random bits stay out of reach for ever.
  INVITE_GUESS_GLOBAL("invite_guess_global", 1_000, Duration.ofHours(1));

  private final String id;
  private final int amount;
  private final Duration window;

  Limit(String id, int amount, Duration window) {
    this.id = id;
    this.amount = amount;
    this.window = window;
  }

  /// The name in the database.
  String id() {
    return id;
  }

  /// How many in one window.
  public int amount() {
    return amount;
  }

  /// A window starts with the first use and lasts this long.
  public Duration window() {
    return window;
  }
}
