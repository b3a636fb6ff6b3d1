package propusk.domain.registration;

import java.util.Optional;
import java.util.regex.Pattern;

/// Names a registration: 22 base64url characters. It proves nothing. In links and JSON `tg_` stands
/// before it.
public record RegistrationId(String value) {
  private static final String PREFIX = "tg_";
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{22}");

  public RegistrationId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a registration id");
    }
  }

  /// Reads `tg_…`, as a start parameter or a `sessionId`; empty for anything else.
  public static Optional<RegistrationId> parse(String text) {
    if (!text.startsWith(PREFIX)) {
      return Optional.empty();
    }
    var value = text.substring(PREFIX.length());
    return FORM.matcher(value).matches()
        ? Optional.of(new RegistrationId(value))
        : Optional.empty();
  }

  /// `tg_…`.
  public String sessionId() {
    return PREFIX + value;
  }
}
