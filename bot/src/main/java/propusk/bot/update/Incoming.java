package propusk.bot.update;

import java.util.Optional;
import propusk.domain.account.TelegramProfile;
import propusk.domain.group.GroupChat;
import propusk.domain.group.GroupNews;

/// What an update means to us.
public sealed interface Incoming {

  /// A command in a private chat.
  ///
  /// @param name without the slash, lower case
  /// @param argument what followed, without spaces at its ends; may be empty
  record Command(TelegramProfile person, long chatId, String name, String argument)
      implements Incoming {
    @Override
    public String toString() {
      return "Command[…]";
    }
  }

  /// Anything else a person sent in a private chat: words, a photo, a sticker.
  ///
  /// @param text its words, if it has any
  record Chatter(TelegramProfile person, long chatId, String text) implements Incoming {
    @Override
    public String toString() {
      return "Chatter[…]";
    }
  }

  /// A contact in a private chat.
  ///
  /// @param own whether it is the sender's own and was sent by themselves, not forwarded
  /// @param phone as Telegram writes it
  record SharedContact(TelegramProfile person, long chatId, boolean own, String phone)
      implements Incoming {
    @Override
    public String toString() {
      return "SharedContact[…]";
    }
  }

  /// A command addressed to us by name in a group.
  record GroupCommand(TelegramProfile person, GroupChat chat) implements Incoming {}

  /// A button under one of our messages in a private chat was pressed.
  ///
  /// @param messageId the message it stands under; empty when Telegram does not show it to us
  /// @param data what we wrote on it, as the person's app sends it back
  record ButtonPressed(
      TelegramProfile person, long chatId, Optional<Integer> messageId, String queryId, String data)
      implements Incoming {
    @Override
    public String toString() {
      return "ButtonPressed[…]";
    }
  }

  /// A person let us into the private chat again, or blocked us there.
  record Membership(long chatId, boolean blocked) implements Incoming {}

  /// Something became of a group that we are in.
  record GroupChanged(GroupChat chat, GroupNews news) implements Incoming {}

  /// Nothing for us.
  ///
  /// @param why a word for the log
  record Ignored(String why) implements Incoming {}
}
