package propusk.domain.signin;

import java.util.Optional;
import java.util.regex.Pattern;
import propusk.domain.seal.Tokens;

/// A sign-in's public id, the `token` of its endpoints: 22 base64url characters. It proves nothing.
public record SignInId(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{22}");

  public SignInId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a sign-in id");
    }
  }

  /// Empty when the text cannot be an id.
  public static Optional<SignInId> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new SignInId(text)) : Optional.empty();
  }

  static SignInId random(Tokens tokens) {
    return new SignInId(tokens.id());
  }
}
