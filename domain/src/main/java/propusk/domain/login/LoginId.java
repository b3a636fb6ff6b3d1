package propusk.domain.login;

import java.util.Optional;
import java.util.regex.Pattern;
import propusk.domain.seal.Tokens;

/// A login's public id, the `session_id` of its page: 22 base64url characters made here. It proves
/// nothing.
public record LoginId(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  public LoginId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a login id");
    }
  }

  /// Any text that could have been an id: 1 to 64 base64url characters.
  public static Optional<LoginId> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new LoginId(text)) : Optional.empty();
  }

  static LoginId random(Tokens tokens) {
    return new LoginId(tokens.id());
  }
}
