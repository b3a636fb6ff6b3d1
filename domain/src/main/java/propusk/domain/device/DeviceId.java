package propusk.domain.device;

import java.util.Optional;
import java.util.regex.Pattern;
import propusk.domain.seal.Tokens;

/// A remembered browser's id, by which its owner finds it in a list. It opens nothing.
public record DeviceId(String value) {
  static final int LENGTH = 22;
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{" + LENGTH + "}");

  public DeviceId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a device id");
    }
  }

  /// Empty when the text cannot be an id.
  public static Optional<DeviceId> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new DeviceId(text)) : Optional.empty();
  }

  static DeviceId random(Tokens tokens) {
    return new DeviceId(tokens.id());
  }
}
