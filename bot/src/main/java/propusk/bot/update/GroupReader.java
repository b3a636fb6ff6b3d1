package propusk.bot.update;

import com.pengrad.telegrambot.model.Chat;
import com.pengrad.telegrambot.model.ChatMemberUpdated;
import com.pengrad.telegrambot.model.Message;
import com.pengrad.telegrambot.model.User;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import propusk.domain.group.GroupChat;
import propusk.domain.group.GroupNews;
import propusk.domain.group.Standing;

/// Reads what an update tells of a group: [service
/// messages](https://core.telegram.org/bots/api#message) and what became of us there.
final class GroupReader {
  private GroupReader() {}

  /// Empty for a private chat, and for a kind that does not exist today.
  static Optional<GroupChat> chat(@Nullable Chat chat) {
    if (chat == null || chat.id() == null || chat.type() == null) {
      return Optional.empty();
    }
    var title = chat.title() == null ? "" : chat.title();
    return switch (chat.type()) {
      case group, supergroup, channel ->
          Optional.of(new GroupChat(chat.id(), chat.type().name(), title));
      case Private -> Optional.empty();
    };
  }

  /// Empty for a message that people wrote.
  static Optional<GroupNews> news(Message message) {
    if (message.newChatMembers() != null) {
      int joined =
          Math.toIntExact(
              Arrays.stream(message.newChatMembers()).filter(GroupReader::person).count());
      return Optional.of(new GroupNews.Members(joined, 0));
    }
    if (message.leftChatMember() != null) {
      return Optional.of(new GroupNews.Members(0, person(message.leftChatMember()) ? 1 : 0));
    }
    if (message.newChatTitle() != null) {
      return Optional.of(new GroupNews.Renamed());
    }
    if (message.migrateToChatId() != null) {
      return Optional.of(new GroupNews.BecameSupergroup(message.migrateToChatId()));
    }
    if (message.migrateFromChatId() != null) {
      return Optional.of(new GroupNews.WasGroup(message.migrateFromChatId()));
    }
    return Boolean.TRUE.equals(message.groupChatCreated())
            || Boolean.TRUE.equals(message.supergroupChatCreated())
        ? Optional.of(new GroupNews.Seen())
        : Optional.empty();
  }

  static Optional<GroupNews> standing(ChatMemberUpdated change) {
    var now = change.newChatMember();
    if (now == null || now.status() == null) {
      return Optional.empty();
    }
    return Optional.of(
        new GroupNews.BotStands(
            switch (now.status()) {
              case creator, administrator -> Standing.ADMINISTRATOR;
              case member, restricted -> Standing.MEMBER;
              case left -> Standing.LEFT;
              case kicked -> Standing.KICKED;
            }));
  }

  private static boolean person(@Nullable User user) {
    return user != null && !Boolean.TRUE.equals(user.isBot());
  }
}
