package propusk.domain.websession;

import java.util.Optional;
import java.util.UUID;

/// A web session's name, by which its owner ends it. It opens nothing.
public record WebSessionId(UUID value) {

  /// Empty for what is no such name.
  public static Optional<WebSessionId> parse(String text) {
    try {
      return Optional.of(new WebSessionId(UUID.fromString(text)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
