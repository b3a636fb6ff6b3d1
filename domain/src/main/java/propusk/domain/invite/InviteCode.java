package propusk.domain.invite;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The code a person types: 12 characters of RFC 4648's base32 alphabet, 60 random bits. What
/// people mistype is mended: case, spaces and hyphens, 0 for O, 1 for I, 8 for B.
public record InviteCode(String value) {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int LENGTH = 12;
  private static final Pattern FORM = Pattern.compile("[A-Z2-7]{12}");
  private static final Pattern SEPARATORS = Pattern.compile("[\\s\\p{Pd}]+");

  public InviteCode {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not an invite code");
    }
  }

  /// Empty when the text cannot be a code.
  public static Optional<InviteCode> parse(String text) {
    if (text.length() > 64) {
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
    return FORM.matcher(mended).matches() ? Optional.of(new InviteCode(mended)) : Optional.empty();
  }

  public static InviteCode random(SecureRandom random) {
    var code = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      code.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return new InviteCode(code.toString());
  }

  /// The last four characters: enough for an operator to tell invites apart.
  String hint() {
    return value.substring(LENGTH - 4);
  }

  @Override
  public String toString() {
    return "InviteCode[…]";
  }
}
