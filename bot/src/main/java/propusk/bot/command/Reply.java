package propusk.bot.command;

import com.pengrad.telegrambot.model.request.InlineKeyboardButton;
import com.pengrad.telegrambot.model.request.InlineKeyboardMarkup;
import com.pengrad.telegrambot.request.EditMessageText;
import com.pengrad.telegrambot.request.SendMessage;
import java.util.List;

/// A message to a chat: plain text, so that nothing in it needs escaping, and buttons.
///
/// @param abreast how many of the first buttons stand in one row; each of the others has its own
record Reply(String text, List<InlineKeyboardButton> buttons, int abreast) {

  Reply(String text, List<InlineKeyboardButton> buttons) {
    this(text, buttons, Math.min(1, buttons.size()));
  }

  static Reply of(String text) {
    return new Reply(text, List.of());
  }

  SendMessage to(long chatId) {
    var message = new SendMessage(chatId, text);
    return buttons.isEmpty() ? message : message.replyMarkup(keyboard());
  }

  /// The same in place of an earlier message of ours.
  EditMessageText insteadOf(long chatId, int messageId) {
    var edit = new EditMessageText(chatId, messageId, text);
    return buttons.isEmpty() ? edit : edit.replyMarkup(keyboard());
  }

  private InlineKeyboardMarkup keyboard() {
    var keyboard = new InlineKeyboardMarkup();
    keyboard.addRow(buttons.subList(0, abreast).toArray(InlineKeyboardButton[]::new));
    buttons.subList(abreast, buttons.size()).forEach(keyboard::addRow);
    return keyboard;
  }
}
