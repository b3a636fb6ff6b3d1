package propusk.domain.invite;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;
import propusk.domain.seal.Base32;

/// The code a person types: 12 characters of [Base32], 60 random bits.
public record InviteCode(String value) {
  private static final int LENGTH = 12;
  private static final Pattern FORM = Pattern.compile("[A-Z2-7]{12}");

  public InviteCode {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not an invite code");
    }
  }

  /// Empty when the text cannot be a code.
  public static Optional<InviteCode> parse(String text) {
    return Optional.of(Base32.mend(text)).filter(FORM.asMatchPredicate()).map(InviteCode::new);
  }

  public static InviteCode random(SecureRandom random) {
    var bytes = new byte[LENGTH];
    random.nextBytes(bytes);
    return new InviteCode(Base32.of(bytes));
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
