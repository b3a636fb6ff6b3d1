package propusk.domain.websession;

import java.util.Locale;

/// What proved who a browser belongs to.
public enum LoginVia {
  /// A login by phone and code.
  TELEGRAM_CODE;

  /// The name in JSON and in rows, such as `telegram_code`.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static LoginVia of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
