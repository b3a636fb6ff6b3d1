package propusk.miniapp.phone;

import java.util.Optional;
import propusk.domain.seal.Secret;

/// A login code as Telegram sends it: digits, which people type with spaces or dashes.
final class PhoneCode {
  private PhoneCode() {}

  /// Empty when it cannot be one; then no try is used up.
  static Optional<Secret> parse(String text) {
    var digits = text.replaceAll("[\\s\\u2010-\\u2015-]", "");
    return digits.matches("\\d{4,8}") ? Optional.of(new Secret(digits)) : Optional.empty();
  }
}
