package propusk.sandbox.person;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A message of a chat, as a person sees it.
///
/// @param from `bot` or `user`
/// @param inline whether the buttons stand under the message, or under the input field
public record SandboxMessage(
    long messageId, String from, String text, List<List<SandboxButton>> buttons, boolean inline) {

  /// A button of a message.
  public record SandboxButton(
      String text,
      @Nullable String url,
      @Nullable String webApp,
      @Nullable String callbackData,
      @Nullable Boolean requestContact) {}

  public boolean fromBot() {
    return from.equals("bot");
  }

  /// The number of the first button whose text contains this, counted over all rows.
  ///
  /// @throws IllegalArgumentException if there is none
  public int number(String buttonText) {
    var buttons = buttons().stream().flatMap(List::stream).toList();
    for (var number = 0; number < buttons.size(); number++) {
      if (buttons.get(number).text().contains(buttonText)) {
        return number;
      }
    }
    throw new IllegalArgumentException("no button «" + buttonText + "» under: " + text);
  }
}
