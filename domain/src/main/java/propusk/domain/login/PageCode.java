package propusk.domain.login;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import propusk.domain.seal.Tokens;

/// The code that brings a login to a second screen: 6 characters of RFC 4648's base32 alphabet in
/// two groups, 30 random bits. Typing is mended as for invites.
public record PageCode(String value) {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int LENGTH = 6;
  private static final Pattern FORM = Pattern.compile("[A-Z2-7]{6}");
  private static final Pattern SEPARATORS = Pattern.compile("[\\s\\p{Pd}]+");

  public PageCode {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a page code");
    }
  }

  /// Empty when the text cannot be a code.
  public static Optional<PageCode> parse(String text) {
    if (text.length() > 32) {
      return Optional.empty();
    }
    var mended =
        SEPARATORS
            .matcher(text)
            .replaceAll("")
            .toUpperCase(Locale.ROOT)
            .replace('0', 'O')
            .replace('1', 'I')
            .replace('8', 'B');
    return FORM.matcher(mended).matches() ? Optional.of(new PageCode(mended)) : Optional.empty();
  }

  static PageCode random(Tokens tokens) {
    var code = new StringBuilder(LENGTH);
    // 256 is a multiple of 32: each character is as likely as any other.
    for (byte some : tokens.bytes(LENGTH)) {
      code.append(ALPHABET.charAt(some & 31));
    }
    return new PageCode(code.toString());
  }

  /// As people read it: `7KM 4QX`.
  public String spaced() {
    return value.substring(0, LENGTH / 2) + " " + value.substring(LENGTH / 2);
  }

  @Override
  public String toString() {
    return "PageCode[…]";
  }
}
