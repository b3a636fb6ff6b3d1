package propusk.domain.account;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The languages our texts exist in.
public enum Language {
  RU("ru"),
  EN("en");

  private final String code;

  Language(String code) {
    this.code = code;
  }

  /// The language for an IETF tag such as Telegram's `language_code` (`ru`, `ru-RU`, `en-GB`);
  /// English for any other.
  public static Language of(@Nullable String tag) {
    return tag != null && tag.toLowerCase(Locale.ROOT).startsWith("ru") ? RU : EN;
  }

  /// `ru` or `en`.
  public String code() {
    return code;
  }

  public Locale locale() {
    return Locale.of(code);
  }
}
