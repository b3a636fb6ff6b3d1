package propusk.domain.signin;

import java.time.Duration;
import java.util.Locale;

/// The way a browser asks to enter.
public enum SignInKind {
  /// By a phone number: the bot asks the account that has it.
  APPROVAL(Duration.ofMinutes(2)),
  /// By a link or QR code into the bot.
  SITE(Duration.ofMinutes(5)),
  /// The same for an event's page, also by a code that is typed to the bot.
  EVENT(Duration.ofMinutes(10));

  private final Duration life;

  SignInKind(Duration life) {
    this.life = life;
  }

  /// How long it waits.
  public Duration life() {
    return life;
  }

  /// The name in JSON and in rows.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static SignInKind of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
