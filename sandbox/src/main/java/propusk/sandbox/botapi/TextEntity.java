package propusk.sandbox.botapi;

import org.jspecify.annotations.Nullable;

/// A marked stretch of a message's text; offset and length count UTF-16 units.
///
/// @see <a href="https://core.telegram.org/bots/api#messageentity">MessageEntity</a>
public record TextEntity(
    String type, int offset, int length, @Nullable String url, @Nullable String language) {
  static TextEntity plain(String type, int offset, int length) {
    return new TextEntity(type, offset, length, null, null);
  }

  TextEntity at(int newOffset, int newLength) {
    return new TextEntity(type, newOffset, newLength, url, language);
  }

  int end() {
    return offset + length;
  }
}
