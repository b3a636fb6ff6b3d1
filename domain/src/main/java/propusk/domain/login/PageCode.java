package propusk.domain.login;

import java.util.Optional;
import java.util.regex.Pattern;
import propusk.domain.seal.Base32;
import propusk.domain.seal.Tokens;

/// The code that brings a login to a second screen: 6 characters of [Base32] in two groups, 30
/// random bits.
public record PageCode(String value) {
  private static final int LENGTH = 6;
  private static final Pattern FORM = Pattern.compile("[A-Z2-7]{6}");

  public PageCode {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a page code");
    }
  }

  /// Empty when the text cannot be a code.
  public static Optional<PageCode> parse(String text) {
    return Optional.of(Base32.mend(text)).filter(FORM.asMatchPredicate()).map(PageCode::new);
  }

  static PageCode random(Tokens tokens) {
    return new PageCode(Base32.of(tokens.bytes(LENGTH)));
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
