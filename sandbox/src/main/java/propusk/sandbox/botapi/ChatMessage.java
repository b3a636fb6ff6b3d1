package propusk.sandbox.botapi;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One message of the private chat between a person and a bot.
///
/// @param date seconds since 1970 by the world's clock
public record ChatMessage(
    long messageId,
    long botId,
    long personId,
    boolean fromBot,
    long date,
    @Nullable Long editDate,
    String text,
    List<TextEntity> entities,
    @Nullable Keyboard keyboard,
    @Nullable Contact contact) {
  public ChatMessage {
    entities = List.copyOf(entities);
  }

  ChatMessage edited(RichText text, @Nullable Keyboard newKeyboard, long at) {
    return new ChatMessage(
        messageId,
        botId,
        personId,
        fromBot,
        date,
        at,
        text.text(),
        text.entities(),
        newKeyboard,
        contact);
  }

  boolean says(RichText other, @Nullable Keyboard otherKeyboard) {
    return text.equals(other.text())
        && entities.equals(other.entities())
        && Objects.equals(keyboard, otherKeyboard);
  }

  /// The button with this number, counted from 0 over all rows.
  public @Nullable Button button(int number) {
    if (keyboard == null || number < 0 || number >= keyboard.buttons().size()) {
      return null;
    }
    return keyboard.buttons().get(number);
  }
}
