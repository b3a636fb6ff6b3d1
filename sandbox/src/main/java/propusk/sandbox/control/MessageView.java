package propusk.sandbox.control;

import java.util.List;
import org.jspecify.annotations.Nullable;
import propusk.sandbox.botapi.Button;
import propusk.sandbox.botapi.ChatMessage;
import propusk.sandbox.botapi.Contact;
import propusk.sandbox.botapi.Keyboard;
import propusk.sandbox.botapi.TextEntity;

/// A message as the control API shows it.
///
/// @param from `bot` or `user`
/// @param inline whether the buttons belong to the message, or to the input field
record MessageView(
    long messageId,
    String from,
    String text,
    List<TextEntity> entities,
    List<List<Button>> buttons,
    boolean inline,
    long date,
    @Nullable Long editDate,
    @Nullable Contact contact) {
  static MessageView of(ChatMessage message) {
    var keyboard = message.keyboard();
    return new MessageView(
        message.messageId(),
        message.fromBot() ? "bot" : "user",
        message.text(),
        message.entities(),
        keyboard == null ? List.of() : keyboard.rows(),
        keyboard == null || keyboard.kind() == Keyboard.Kind.INLINE,
        message.date(),
        message.editDate(),
        message.contact());
  }
}
