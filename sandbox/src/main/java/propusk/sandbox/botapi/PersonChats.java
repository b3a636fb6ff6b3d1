package propusk.sandbox.botapi;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import propusk.sandbox.botapi.WebAppLaunch.Device;
import propusk.sandbox.world.Person;
import propusk.sandbox.world.World;

/// What people do in their chats with bots: write, share a contact, press buttons, block.
///
/// Every one of these becomes an update for the bot.
public final class PersonChats {
  private static final int MAX_TEXT = 4096;

  /// What came of a pressed button.
  public sealed interface Tapped {
    /// A page to open: a link, or a Mini App launch with signed init data.
    record Page(String url, boolean webApp) implements Tapped {}

    /// The bot was told; its answer comes by itself.
    record Pressed(String callbackQueryId) implements Tapped {}

    /// The button wrote a message in the person's name.
    record Said(ChatMessage message) implements Tapped {}

    /// There is no such message, or no such button on it.
    record NoButton() implements Tapped {}
  }

  private final World world;
  private final ChatStore store;
  private final BotDesk desk;
  private final WebAppLaunch launch;
  private final ChangeFeed feed;

  PersonChats(World world, ChatStore store, BotDesk desk, WebAppLaunch launch, ChangeFeed feed) {
    this.world = world;
    this.store = store;
    this.desk = desk;
    this.launch = launch;
    this.feed = feed;
  }

  /// Writes to the bot; empty if the text is blank or longer than 4096.
  public Optional<ChatMessage> say(Person person, SandboxBot bot, String text) {
    var rich = RichText.plain(text);
    if (rich.text().isEmpty() || rich.text().length() > MAX_TEXT) {
      return Optional.empty();
    }
    return Optional.of(post(person, bot, rich, null));
  }

  /// Shares a contact, the person's own or anybody's.
  public ChatMessage share(Person person, SandboxBot bot, Contact contact) {
    return post(person, bot, new RichText("", List.of()), contact);
  }

  /// Presses a button, counted from 0 over all rows of a message.
  ///
  /// @param at when, by the machine's clock: it becomes `auth_date`
  public Tapped tap(
      Person person, SandboxBot bot, long messageId, int number, Device device, Instant at) {
    var message = store.find(bot.id(), person.id(), messageId);
    var button = message.map(found -> found.button(number)).orElse(null);
    if (message.isEmpty() || button == null) {
      return new Tapped.NoButton();
    }
    if (button.webApp() != null) {
      return new Tapped.Page(launch.url(button.webApp(), bot, person, device, at), true);
    }
    if (button.url() != null) {
      return new Tapped.Page(button.url(), false);
    }
    if (button.callbackData() != null) {
      var id = desk.callbacks().pressed(bot, person.id());
      var query = TelegramJson.callbackQuery(id, message.get(), bot, person, button.callbackData());
      desk.queue(bot).add("callback_query", query);
      return new Tapped.Pressed(id);
    }
    if (Boolean.TRUE.equals(button.requestContact())) {
      var own =
          new Contact(
              person.phone(),
              person.firstName(),
              person.lastName().orElse(null),
              person.id(),
              null);
      return new Tapped.Said(share(person, bot, own));
    }
    return new Tapped.Said(post(person, bot, RichText.plain(button.text()), null));
  }

  /// Opens the Mini App of the bot's menu button, if it has one.
  public Optional<String> openMenu(Person person, SandboxBot bot, Device device, Instant at) {
    var button = desk.settings().menuButton(bot, person.id());
    return Optional.ofNullable(button.webApp())
        .map(url -> launch.url(url, bot, person, device, at));
  }

  /// Blocks the bot, or lets it write again.
  public void block(Person person, SandboxBot bot, boolean blocked) {
    var before = store.state(bot.id(), person.id()).map(ChatState::blocked).orElse(false);
    if (before == blocked) {
      return;
    }
    store.change(bot.id(), person.id(), state -> state.blocked(blocked));
    var change = TelegramJson.blockChange(bot, person, blocked, now());
    desk.queue(bot).add("my_chat_member", change);
    feed.chatChanged(bot.id(), person.id());
  }

  /// The person has seen everything up to this message.
  public void read(Person person, SandboxBot bot, long messageId) {
    var state = store.state(bot.id(), person.id());
    if (state.filter(found -> found.readMessageId() < messageId).isPresent()) {
      store.change(bot.id(), person.id(), found -> found.read(messageId));
    }
  }

  public List<ChatMessage> messages(Person person, SandboxBot bot) {
    return store.messages(bot.id(), person.id());
  }

  public Optional<ChatState> state(Person person, SandboxBot bot) {
    return store.state(bot.id(), person.id());
  }

  public List<CallbackAnswer> answers(Person person, SandboxBot bot) {
    return desk.callbacks().answers(bot.id(), person.id());
  }

  /// Writing to a blocked bot unblocks it, as «Restart» does in the apps.
  private ChatMessage post(
      Person person, SandboxBot bot, RichText text, @Nullable Contact contact) {
    block(person, bot, false);
    var id = store.nextMessageId(bot.id(), person.id());
    var message =
        new ChatMessage(
            id,
            bot.id(),
            person.id(),
            false,
            now(),
            null,
            text.text(),
            text.entities(),
            null,
            contact);
    store.put(message);
    store.change(bot.id(), person.id(), state -> afterWriting(state, bot, person).read(id));
    desk.queue(bot).add("message", TelegramJson.message(message, bot, person));
    feed.chatChanged(bot.id(), person.id());
    return message;
  }

  private ChatState afterWriting(ChatState state, SandboxBot bot, Person person) {
    var shown = store.find(bot.id(), person.id(), state.keyboardMessageId());
    var used = shown.map(ChatMessage::keyboard).filter(Keyboard::oneTime).isPresent();
    return used ? state.keyboard(0) : state;
  }

  private long now() {
    return world.clock().instant().getEpochSecond();
  }
}
