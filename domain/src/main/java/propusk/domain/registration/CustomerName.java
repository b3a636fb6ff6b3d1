package propusk.domain.registration;

import java.util.Optional;

/// A name as somebody typed it: 2 to 64 characters, two letters at least, on one line.
public record CustomerName(String value) {
  private static final int MOST = 64;

  public CustomerName {
    if (!fits(value)) {
      throw new IllegalArgumentException("not a name");
    }
  }

  /// Empty when the text cannot be one.
  public static Optional<CustomerName> parse(String text) {
    var neat = text.strip().replaceAll("\\s+", " ");
    return fits(neat) ? Optional.of(new CustomerName(neat)) : Optional.empty();
  }

  private static boolean fits(String text) {
    return text.length() <= MOST
        && text.codePoints().filter(Character::isLetter).count() >= 2
        && text.codePoints().noneMatch(Character::isISOControl);
  }
}
