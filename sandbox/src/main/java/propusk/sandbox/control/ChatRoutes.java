package propusk.sandbox.control;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import propusk.sandbox.botapi.BotSettings;
import propusk.sandbox.botapi.ChatState;
import propusk.sandbox.botapi.Contact;
import propusk.sandbox.botapi.PersonChats.Tapped;
import propusk.sandbox.botapi.SandboxBot;
import propusk.sandbox.botapi.ServiceChat;
import propusk.sandbox.botapi.WebAppLaunch.Device;
import propusk.sandbox.world.Person;

/// What a person does in chats: write, share a contact, read, tap, block.
final class ChatRoutes {
  private static final long LONGEST_WAIT = 60;

  /// A line of the chat list.
  ///
  /// @param service whether Telegram itself writes there, and nobody can answer
  record ChatView(
      long bot,
      String username,
      String name,
      boolean started,
      boolean blocked,
      boolean service,
      long unread,
      @Nullable MessageView last,
      @Nullable Long keyboardMessageId,
      List<BotSettings.Command> commands,
      BotSettings.MenuButton menuButton) {}

  private final ControlParts parts;
  private final InstantSource machineClock;

  ChatRoutes(ControlParts parts, InstantSource machineClock) {
    this.parts = parts;
    this.machineClock = machineClock;
  }

  void add(JavalinConfig config) {
    config.routes.get("/sandbox/users/{id}/chats", this::chats);
    config.routes.get("/sandbox/users/{id}/messages", this::messages);
    config.routes.post("/sandbox/users/{id}/messages", this::send);
    config.routes.post("/sandbox/users/{id}/read", this::read);
    config.routes.post("/sandbox/users/{id}/tap", this::tap);
    config.routes.post("/sandbox/users/{id}/menu", this::menu);
    config.routes.post("/sandbox/users/{id}/block", this::block);
    config.routes.get("/sandbox/users/{id}/answers", this::answers);
  }

  private void chats(Context ctx) {
    var person = parts.person(ctx);
    var chats = new ArrayList<ChatView>();
    for (var bot : parts.botApi().bots()) {
      chats.add(chat(person, bot));
    }
    if (parts.botApi().people().state(person, ServiceChat.TELEGRAM).isPresent()) {
      chats.add(chat(person, ServiceChat.TELEGRAM));
    }
    ControlParts.write(ctx, 200, chats);
  }

  private ChatView chat(Person person, SandboxBot bot) {
    var chats = parts.botApi().people();
    var messages = chats.messages(person, bot);
    var state = chats.state(person, bot);
    var read = state.map(ChatState::readMessageId).orElse(0L);
    var keyboard = state.map(ChatState::keyboardMessageId).filter(id -> id > 0);
    return new ChatView(
        bot.id(),
        bot.username(),
        bot.name(),
        state.isPresent(),
        state.map(ChatState::blocked).orElse(false),
        ServiceChat.is(bot),
        messages.stream().filter(m -> m.fromBot() && m.messageId() > read).count(),
        messages.isEmpty() ? null : MessageView.of(messages.getLast()),
        keyboard.orElse(null),
        parts.botApi().settings().commandsFor(bot, person),
        parts.botApi().settings().menuButton(bot, person.id()));
  }

  /// `after` and `contains` name the bot's message to wait for, `wait` the seconds to wait.
  private void messages(Context ctx) throws InterruptedException {
    var person = parts.person(ctx);
    var bot = parts.partner(Optional.ofNullable(ctx.queryParam("bot")).orElse(""));
    var after = number(ctx, "after");
    var text = Optional.ofNullable(ctx.queryParam("contains")).orElse("");
    var patience = Duration.ofSeconds(Math.clamp(number(ctx, "wait"), 0, LONGEST_WAIT));
    var messages =
        MessageWait.until(
            parts.feed(),
            () -> parts.botApi().people().messages(person, bot),
            message ->
                message.fromBot() && message.messageId() > after && message.text().contains(text),
            patience);
    ControlParts.write(ctx, 200, messages.stream().map(MessageView::of).toList());
  }

  private void send(Context ctx) {
    var person = parts.person(ctx);
    var body = ControlBody.of(ctx);
    var bot = parts.bot(body);
    var chats = parts.botApi().people();
    var message =
        body.has("contact")
            ? chats.share(person, bot, contact(body.object("contact")))
            : chats
                .say(person, bot, body.text("text"))
                .orElseThrow(() -> ControlError.badRequest("text has 1 to 4096 characters"));
    ControlParts.write(ctx, 200, MessageView.of(message));
  }

  private static Contact contact(ControlBody body) {
    return new Contact(
        body.text("phone_number"),
        body.text("first_name"),
        body.find("last_name").orElse(null),
        body.findNumber("user_id").orElse(null),
        body.findNumber("forwarded_from").orElse(null));
  }

  private void read(Context ctx) {
    var body = ControlBody.of(ctx);
    var bot = parts.partner(body.json().path("bot").asString(""));
    parts.botApi().people().read(parts.person(ctx), bot, body.number("message_id"));
    ControlParts.write(ctx, 200, Map.of());
  }

  private void tap(Context ctx) {
    var person = parts.person(ctx);
    var body = ControlBody.of(ctx);
    var bot = parts.bot(body);
    var number = Math.toIntExact(body.number("button"));
    var chats = parts.botApi().people();
    var id = body.number("message_id");
    var tapped = chats.tap(person, bot, id, number, device(body), tappedAt(body));
    Object answer =
        switch (tapped) {
          case Tapped.Page(var url, var webApp) -> Map.of("url", url, "web_app", webApp);
          case Tapped.Pressed(var query) -> Map.of("callback_query_id", query);
          case Tapped.Said(var message) -> MessageView.of(message);
          case Tapped.NoButton() ->
              throw ControlError.notFound("message " + id + " has no button " + number);
        };
    ControlParts.write(ctx, 200, answer);
  }

  private void menu(Context ctx) {
    var person = parts.person(ctx);
    var body = ControlBody.of(ctx);
    var url =
        parts
            .botApi()
            .people()
            .openMenu(person, parts.bot(body), device(body), tappedAt(body))
            .orElseThrow(() -> ControlError.notFound("the bot's menu button opens no Mini App"));
    ControlParts.write(ctx, 200, Map.of("url", url, "web_app", true));
  }

  private void block(Context ctx) {
    var body = ControlBody.of(ctx);
    parts.botApi().people().block(parts.person(ctx), parts.bot(body), body.flag("blocked", true));
    ControlParts.write(ctx, 200, Map.of());
  }

  private void answers(Context ctx) {
    var person = parts.person(ctx);
    var bot = parts.bot(Optional.ofNullable(ctx.queryParam("bot")).orElse(""));
    ControlParts.write(ctx, 200, parts.botApi().people().answers(person, bot));
  }

  /// `platform` and `theme` play other apps than Telegram Web.
  private static Device device(ControlBody body) {
    var theme = body.has("theme") ? body.object("theme").json().toString() : Device.WEB.theme();
    return new Device(body.find("platform").orElse(Device.WEB.platform()), theme);
  }

  /// `age` makes the launch so many seconds old.
  private java.time.Instant tappedAt(ControlBody body) {
    return machineClock.instant().minusSeconds(body.findNumber("age").orElse(0L));
  }

  private static long number(Context ctx, String name) {
    var text = Optional.ofNullable(ctx.queryParam(name)).orElse("0");
    if (!text.matches("\\d{1,18}")) {
      throw ControlError.badRequest(name + " must be a whole number");
    }
    return Long.parseLong(text);
  }
}
