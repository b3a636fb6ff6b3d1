package propusk.sandbox.botapi;

import org.jspecify.annotations.Nullable;

/// One button of a keyboard under a message or under the input field.
public record Button(
    String text,
    @Nullable String url,
    @Nullable String callbackData,
    @Nullable String webApp,
    @Nullable Boolean requestContact) {
  static Button text(String text) {
    return new Button(text, null, null, null, null);
  }
}
