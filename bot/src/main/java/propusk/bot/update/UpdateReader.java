package propusk.bot.update;

import com.google.gson.JsonParseException;
import com.pengrad.telegrambot.model.CallbackQuery;
import com.pengrad.telegrambot.model.Chat;
import com.pengrad.telegrambot.model.ChatMember;
import com.pengrad.telegrambot.model.ChatMemberUpdated;
import com.pengrad.telegrambot.model.Contact;
import com.pengrad.telegrambot.model.Message;
import com.pengrad.telegrambot.model.User;
import com.pengrad.telegrambot.utility.BotUtils;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import propusk.domain.account.Language;
import propusk.domain.account.TelegramProfile;
import propusk.domain.account.TelegramUserId;

/// Reads an update into an [Incoming]. Kinds we do not know, other bots, edits and channels come to
/// nothing; only text that is no update at all is empty.
public final class UpdateReader {
  private static final Pattern COMMAND =
      Pattern.compile(
          "/([A-Za-z0-9_]{1,64})(?:@([A-Za-z0-9_]{1,64}))?(?:\\s+(.*))?", Pattern.DOTALL);

  private UpdateReader() {}

  /// @param username our own name, for commands that name their bot
  public static Optional<Incoming> read(String json, String username) {
    try {
      var update = BotUtils.parseUpdate(json);
      if (update == null || update.updateId() == null) {
        return Optional.empty();
      }
      if (update.message() != null) {
        return Optional.of(message(update.message(), username));
      }
      if (update.callbackQuery() != null) {
        return Optional.of(button(update.callbackQuery()));
      }
      if (update.myChatMember() != null) {
        return Optional.of(membership(update.myChatMember()));
      }
      return Optional.of(new Incoming.Ignored("kind"));
    } catch (JsonParseException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Incoming message(Message message, String username) {
    var group = GroupReader.chat(message.chat());
    var news = group.flatMap(_ -> GroupReader.news(message));
    if (news.isPresent()) {
      return new Incoming.GroupChanged(group.get(), news.get());
    }
    var person = person(message.from());
    var chat = message.chat();
    if (person.isEmpty() || chat == null || chat.id() == null) {
      return new Incoming.Ignored("sender");
    }
    boolean isPrivate = chat.type() == Chat.Type.Private;
    if (isPrivate && message.contact() != null) {
      return contact(message, message.contact(), person.get());
    }
    var text = message.text() == null ? "" : message.text().strip();
    var command = COMMAND.matcher(text);
    if (!command.matches()) {
      return isPrivate
          ? new Incoming.Chatter(person.get(), chat.id(), text)
          : new Incoming.Ignored("group");
    }
    var addressee = command.group(2);
    boolean named = addressee != null && addressee.equalsIgnoreCase(username);
    if (addressee != null && !named) {
      return new Incoming.Ignored("other_bot");
    }
    if (!isPrivate) {
      return named && group.isPresent()
          ? new Incoming.GroupCommand(person.get(), group.get())
          : new Incoming.Ignored("group");
    }
    var argument = command.group(3) == null ? "" : command.group(3).strip();
    return new Incoming.Command(
        person.get(), chat.id(), command.group(1).toLowerCase(Locale.ROOT), argument);
  }

  /// [Whose it is](https://core.telegram.org/bots/api#contact) only Telegram can say: a forwarded
  /// message, one sent through another bot and a contact without an id prove nothing.
  private static Incoming contact(Message message, Contact contact, TelegramProfile person) {
    boolean own =
        Objects.equals(contact.userId(), person.id().value())
            && Objects.equals(message.chat().id(), person.id().value())
            && message.forwardOrigin() == null
            && message.viaBot() == null;
    return new Incoming.SharedContact(
        person,
        message.chat().id(),
        own,
        contact.phoneNumber() == null ? "" : contact.phoneNumber());
  }

  private static Incoming button(CallbackQuery query) {
    var person = person(query.from());
    var message = query.maybeInaccessibleMessage();
    if (person.isEmpty() || query.id() == null || message == null || message.chat() == null) {
      return new Incoming.Ignored("sender");
    }
    if (!Objects.equals(message.chat().id(), person.get().id().value())) {
      return new Incoming.Ignored("group");
    }
    return new Incoming.ButtonPressed(
        person.get(),
        message.chat().id(),
        Optional.ofNullable(message.messageId()),
        query.id(),
        query.data() == null ? "" : query.data());
  }

  private static Incoming membership(ChatMemberUpdated change) {
    var chat = change.chat();
    var group = GroupReader.chat(chat);
    var standing = group.flatMap(_ -> GroupReader.standing(change));
    if (standing.isPresent()) {
      return new Incoming.GroupChanged(group.get(), standing.get());
    }
    var now = change.newChatMember();
    if (chat == null || chat.id() == null || now == null || chat.type() != Chat.Type.Private) {
      return new Incoming.Ignored("group");
    }
    return new Incoming.Membership(chat.id(), now.status() == ChatMember.Status.kicked);
  }

  /// Empty for bots and for messages without a person, such as a channel's.
  private static Optional<TelegramProfile> person(@Nullable User user) {
    if (user == null || user.id() == null || user.id() <= 0 || Boolean.TRUE.equals(user.isBot())) {
      return Optional.empty();
    }
    return Optional.of(
        new TelegramProfile(
            new TelegramUserId(user.id()),
            user.firstName() == null ? "" : user.firstName(),
            Optional.ofNullable(user.lastName()),
            Optional.ofNullable(user.username()),
            Optional.ofNullable(user.languageCode()).map(Language::of)));
  }
}
