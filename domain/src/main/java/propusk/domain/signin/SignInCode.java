package propusk.domain.signin;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import propusk.domain.seal.Base32;
import propusk.domain.seal.Hashes;

/// The code of an event's sign-in that is typed to the bot: 8 characters of [Base32] in two groups,
/// 40 bits.
public record SignInCode(String value) {
  private static final int LENGTH = 8;
  private static final Pattern FORM = Pattern.compile("[A-Z2-7]{8}");

  public SignInCode {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a sign-in code");
    }
  }

  /// Empty when the text cannot be a code.
  public static Optional<SignInCode> parse(String text) {
    return Optional.of(Base32.mend(text)).filter(FORM.asMatchPredicate()).map(SignInCode::new);
  }

  /// The one of this sign-in: found again with the key, so that no row holds it.
  static SignInCode of(byte[] key, SignInId id) {
    return new SignInCode(Base32.of(Arrays.copyOf(Hashes.hmac(key, "code/" + id.value()), LENGTH)));
  }

  byte[] hash(byte[] key) {
    return Hashes.hmac(key, value);
  }

  /// As people read it: `7KM4 QX2B`.
  public String spaced() {
    return value.substring(0, LENGTH / 2) + " " + value.substring(LENGTH / 2);
  }

  @Override
  public String toString() {
    return "SignInCode[…]";
  }
}
