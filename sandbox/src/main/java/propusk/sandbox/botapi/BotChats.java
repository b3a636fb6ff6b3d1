package propusk.sandbox.botapi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import propusk.sandbox.world.Person;
import propusk.sandbox.world.World;

/// What a bot does in its chats, by Telegram's rules.
final class BotChats {
  private static final int MAX_TEXT = 4096;
  private static final long DELETABLE_SECONDS = Duration.ofDays(2).toSeconds();

  private final World world;
  private final ChatStore store;
  private final SendLimits limits;
  private final ChangeFeed feed;

  BotChats(World world, ChatStore store, SendLimits limits, ChangeFeed feed) {
    this.world = world;
    this.store = store;
    this.limits = limits;
    this.feed = feed;
  }

  ChatMessage send(SandboxBot bot, long chatId, RichText text, @Nullable Keyboard keyboard) {
    var person = open(bot, chatId);
    checkText(text);
    limits.take(bot.id(), chatId);
    var id = store.nextMessageId(bot.id(), person.id());
    var kept = keyboard != null && keyboard.rows().isEmpty() ? null : keyboard;
    var message =
        new ChatMessage(
            id, bot.id(), person.id(), true, now(), null, text.text(), text.entities(), kept, null);
    store.put(message);
    if (keyboard != null && !keyboard.isInline()) {
      var shown = keyboard.kind() == Keyboard.Kind.REPLY ? id : 0;
      store.change(bot.id(), person.id(), state -> state.keyboard(shown));
    }
    feed.chatChanged(bot.id(), person.id());
    return message;
  }

  ChatMessage edit(
      SandboxBot bot, long chatId, long messageId, RichText text, @Nullable Keyboard keyboard) {
    open(bot, chatId);
    var message =
        store
            .find(bot.id(), chatId, messageId)
            .orElseThrow(() -> BotApiError.badRequest("message to edit not found"));
    if (!message.fromBot()) {
      throw BotApiError.badRequest("message can't be edited");
    }
    if (keyboard != null && !keyboard.isInline()) {
      throw BotApiError.badRequest("inline keyboard expected");
    }
    checkText(text);
    var kept = keyboard != null && keyboard.rows().isEmpty() ? null : keyboard;
    if (message.says(text, kept)) {
      throw BotApiError.badRequest(
          "message is not modified: specified new message content and reply markup are exactly the"
              + " same as a current content and reply markup of the message");
    }
    limits.take(bot.id(), chatId);
    var edited = message.edited(text, kept, now());
    store.put(edited);
    feed.chatChanged(bot.id(), chatId);
    return edited;
  }

  void delete(SandboxBot bot, long chatId, long messageId) {
    open(bot, chatId);
    var message =
        store
            .find(bot.id(), chatId, messageId)
            .orElseThrow(() -> BotApiError.badRequest("message to delete not found"));
    if (now() - message.date() > DELETABLE_SECONDS) {
      throw BotApiError.badRequest("message can't be deleted for everyone");
    }
    store.remove(message);
    feed.chatChanged(bot.id(), chatId);
  }

  /// A bot may write only where a person wrote first, and not to who blocked it.
  private Person open(SandboxBot bot, long chatId) {
    var state = store.state(bot.id(), chatId);
    var person = world.people().find(chatId);
    if (state.isEmpty() || person.isEmpty()) {
      throw BotApiError.badRequest("chat not found");
    }
    if (state.get().blocked()) {
      throw BotApiError.of(403, "Forbidden: bot was blocked by the user");
    }
    return person.get();
  }

  private static void checkText(RichText text) {
    if (text.text().isEmpty()) {
      throw BotApiError.badRequest("message text is empty");
    }
    if (text.text().length() > MAX_TEXT) {
      throw BotApiError.badRequest("message is too long");
    }
  }

  private long now() {
    return world.clock().instant().getEpochSecond();
  }
}
