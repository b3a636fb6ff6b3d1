package propusk.bot.command;

import com.pengrad.telegrambot.model.LinkPreviewOptions;
import com.pengrad.telegrambot.model.request.InlineKeyboardButton;
import com.pengrad.telegrambot.model.request.InlineKeyboardMarkup;
import com.pengrad.telegrambot.model.request.Keyboard;
import com.pengrad.telegrambot.request.EditMessageText;
import com.pengrad.telegrambot.request.SendMessage;
import java.util.List;
import java.util.Optional;

/// A message to a chat: plain text, so that nothing in it needs escaping, and buttons.
///
/// @param abreast how many of the first buttons stand in one row; each of the others has its own
/// @param below what becomes of the keys below the input field, where there are no buttons
record Reply(
    String text, List<InlineKeyboardButton> buttons, int abreast, Optional<Keyboard> below) {

  // Whoever makes a preview opens the link.
  private static final LinkPreviewOptions NO_PREVIEW = new LinkPreviewOptions().isDisabled(true);

  Reply(String text, List<InlineKeyboardButton> buttons, int abreast) {
    this(text, buttons, abreast, Optional.empty());
  }

  Reply(String text, List<InlineKeyboardButton> buttons) {
    this(text, buttons, Math.min(1, buttons.size()));
  }

  static Reply of(String text) {
    return new Reply(text, List.of());
  }

  /// The same with these keys below the input field, or without any.
  Reply below(Keyboard keys) {
    return new Reply(text, buttons, abreast, Optional.of(keys));
  }

  SendMessage to(long chatId) {
    var message = new SendMessage(chatId, text).linkPreviewOptions(NO_PREVIEW);
    if (below.isPresent()) {
      return message.replyMarkup(below.get());
    }
    return buttons.isEmpty() ? message : message.replyMarkup(keyboard());
  }

  /// The same in place of an earlier message of ours.
  EditMessageText insteadOf(long chatId, int messageId) {
    var edit = new EditMessageText(chatId, messageId, text).linkPreviewOptions(NO_PREVIEW);
    return buttons.isEmpty() ? edit : edit.replyMarkup(keyboard());
  }

  private InlineKeyboardMarkup keyboard() {
    var keyboard = new InlineKeyboardMarkup();
    keyboard.addRow(buttons.subList(0, abreast).toArray(InlineKeyboardButton[]::new));
    buttons.subList(abreast, buttons.size()).forEach(keyboard::addRow);
    return keyboard;
  }
}
