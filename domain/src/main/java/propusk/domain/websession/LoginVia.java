package propusk.domain.websession;

import java.util.Locale;

/// What proved who a browser belongs to.
public enum LoginVia {
  /// A login by phone and code.
  TELEGRAM_CODE,
  /// Init data of Telegram, or the cookie of a remembered browser: nobody had to do anything.
  TELEGRAM_DIRECT,
  /// The person's own yes, in the bot or in Telegram's Login Widget.
  TELEGRAM_CONFIRM;

  /// The name in JSON and in rows, such as `telegram_code`.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static LoginVia of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
