package propusk.domain.registration;

import java.util.Optional;
import propusk.domain.account.PersonName;

/// A name as somebody typed it: 2 to 64 characters, two letters at least, on one line and all to be
/// seen.
public record CustomerName(String value) {
  private static final int MOST = 64;

  public CustomerName {
    if (!fits(value)) {
      throw new IllegalArgumentException("not a name");
    }
  }

  /// Empty when the text cannot be one.
  public static Optional<CustomerName> parse(String text) {
    var neat = text.strip().replaceAll("[\\s\\h]+", " ");
    return fits(neat) ? Optional.of(new CustomerName(neat)) : Optional.empty();
  }

  private static boolean fits(String text) {
    return text.length() <= MOST
        && text.codePoints().filter(Character::isLetter).count() >= 2
        && PersonName.shown(text).filter(text::equals).isPresent();
  }
}
