package propusk.domain.signin;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import propusk.domain.seal.Hashes;

/// What follows `/start` when a person comes by a sign-in's link: `auth_` and 22 base64url
/// characters, or these alone for an event. Whoever has it may be asked the question; it lets
/// nobody in.
public record StartParameter(String value) {
  private static final Pattern FORM = Pattern.compile("(auth_)?[A-Za-z0-9_-]{22}");
  private static final int BYTES = 16;

  public StartParameter {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a start parameter");
    }
  }

  /// Empty when the text cannot be one.
  public static Optional<StartParameter> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new StartParameter(text)) : Optional.empty();
  }

  /// The one of this sign-in: found again with the key, so that no row holds it.
  static StartParameter of(byte[] key, SignInKind kind, SignInId id) {
    var mac = Hashes.hmac(key, id.value());
    var random = Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(mac, BYTES));
    return new StartParameter(kind == SignInKind.SITE ? "auth_" + random : random);
  }

  byte[] hash() {
    return Hashes.sha256(value);
  }

  @Override
  public String toString() {
    return "StartParameter[…]";
  }
}
