package propusk.sandbox.botapi;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import propusk.sandbox.world.World;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;

/// The methods of the Bot API that the sandbox has: parameters in, `result` out.
///
/// @see <a href="https://core.telegram.org/bots/api#available-methods">Available methods</a>
final class BotMethods {
  private final World world;
  private final BotDesk desk;
  private final BotChats chats;
  private final GroupChats groups;
  private final Webhooks webhooks;

  BotMethods(World world, BotDesk desk, BotChats chats, GroupChats groups) {
    this.world = world;
    this.desk = desk;
    this.chats = chats;
    this.groups = groups;
    this.webhooks = new Webhooks(world, desk, this::call);
  }

  Webhooks webhooks() {
    return webhooks;
  }

  JsonNode call(String method, SandboxBot bot, CallParameters parameters)
      throws InterruptedException {
    return switch (method) {
      case "getme" -> me(bot);
      case "getupdates" -> updates(bot, parameters);
      case "setwebhook" -> setWebhook(bot, parameters);
      case "deletewebhook" -> deleteWebhook(bot, parameters);
      case "getwebhookinfo" -> webhooks.info(bot);
      case "sendmessage" -> send(bot, parameters);
      case "editmessagetext" -> edit(bot, parameters);
      case "deletemessage" -> delete(bot, parameters);
      case "answercallbackquery" -> answer(bot, parameters);
      case "setmycommands" -> setCommands(bot, parameters);
      case "getmycommands" -> commands(bot, parameters);
      case "deletemycommands" -> deleteCommands(bot, parameters);
      case "setchatmenubutton" -> setMenuButton(bot, parameters);
      case "getchatmenubutton" -> menuButton(bot, parameters);
      default -> throw BotApiError.notImplemented(method);
    };
  }

  private static JsonNode me(SandboxBot bot) {
    return TelegramJson.user(bot)
        .put("can_join_groups", true)
        .put("can_read_all_group_messages", false)
        .put("supports_inline_queries", false)
        .put("can_connect_to_business", false)
        .put("has_main_web_app", false);
  }

  private JsonNode setWebhook(SandboxBot bot, CallParameters parameters) {
    var wanted = Webhook.read(parameters);
    webhooks.set(bot, wanted, allowed(parameters), parameters.flag("drop_pending_updates"));
    return BooleanNode.TRUE;
  }

  private JsonNode deleteWebhook(SandboxBot bot, CallParameters parameters) {
    var dropPending = parameters.flag("drop_pending_updates");
    webhooks.set(bot, Optional.empty(), Optional.empty(), dropPending);
    return BooleanNode.TRUE;
  }

  private JsonNode updates(SandboxBot bot, CallParameters parameters) throws InterruptedException {
    if (webhooks.isSet(bot)) {
      throw BotApiError.of(
          409,
          "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to"
              + " delete the webhook first");
    }
    var limit = Math.clamp(parameters.number("limit").orElse(100L), 1, 100);
    var wait = UpdateQueue.waiting(parameters.number("timeout").orElse(0L));
    var offset = parameters.number("offset").orElse(0L);
    var found = desk.queue(bot).poll(offset, limit, wait, allowed(parameters));
    var result = BotApiJson.MAPPER.createArrayNode();
    for (var update : found) {
      var json = TelegramJson.object().put("update_id", update.updateId());
      result.add(json.set(update.kind(), BotApiJson.MAPPER.readTree(update.body())));
    }
    return result;
  }

  private static Optional<Set<String>> allowed(CallParameters parameters) {
    return parameters
        .json("allowed_updates")
        .filter(JsonNode::isArray)
        .map(kinds -> {
          var set = new HashSet<String>();
          kinds.forEach(kind -> set.add(kind.asString("")));
          return set;
        });
  }

  private JsonNode send(SandboxBot bot, CallParameters parameters) {
    var chat = chatId(parameters);
    if (chat < 0) {
      return groups.send(bot, chat, text(parameters));
    }
    var sent = chats.send(bot, chat, text(parameters), keyboard(parameters));
    return json(sent, bot);
  }

  private JsonNode edit(SandboxBot bot, CallParameters parameters) {
    if (parameters.text("inline_message_id").isPresent()) {
      throw BotApiError.badRequest("MESSAGE_ID_INVALID");
    }
    var chat = chatId(parameters);
    var id = messageId(parameters);
    var edited = chats.edit(bot, chat, id, text(parameters), keyboard(parameters));
    return json(edited, bot);
  }

  private JsonNode delete(SandboxBot bot, CallParameters parameters) {
    chats.delete(bot, chatId(parameters), messageId(parameters));
    return BooleanNode.TRUE;
  }

  private JsonNode answer(SandboxBot bot, CallParameters parameters) {
    var id = parameters.text("callback_query_id").orElse("");
    var text = parameters.text("text").orElse("");
    desk.callbacks().answer(bot, id, text, parameters.flag("show_alert"));
    return BooleanNode.TRUE;
  }

  private JsonNode setCommands(SandboxBot bot, CallParameters parameters) {
    var json =
        parameters
            .json("commands")
            .orElseThrow(() -> BotApiError.badRequest("parameter \"commands\" is required"));
    var commands = BotSettings.readCommands(json);
    desk.settings().setCommands(bot, scope(parameters), language(parameters), commands);
    return BooleanNode.TRUE;
  }

  private JsonNode commands(SandboxBot bot, CallParameters parameters) {
    var found = desk.settings().commands(bot, scope(parameters), language(parameters));
    return BotApiJson.MAPPER.valueToTree(found);
  }

  private JsonNode deleteCommands(SandboxBot bot, CallParameters parameters) {
    desk.settings().deleteCommands(bot, scope(parameters), language(parameters));
    return BooleanNode.TRUE;
  }

  private JsonNode setMenuButton(SandboxBot bot, CallParameters parameters) {
    var button =
        parameters
            .json("menu_button")
            .map(BotSettings::readMenuButton)
            .orElse(new BotSettings.MenuButton("default", null, null));
    desk.settings().setMenuButton(bot, menuChat(parameters), button);
    return BooleanNode.TRUE;
  }

  private JsonNode menuButton(SandboxBot bot, CallParameters parameters) {
    var button = desk.settings().menuButton(bot, menuChat(parameters));
    var json = TelegramJson.object().put("type", button.type());
    if (button.webApp() != null) {
      json.put("text", button.text());
      json.set("web_app", TelegramJson.object().put("url", button.webApp()));
    }
    return json;
  }

  private @Nullable Long menuChat(CallParameters parameters) {
    return parameters.text("chat_id").isEmpty() ? null : knownChat(parameters);
  }

  private Long knownChat(CallParameters parameters) {
    var chat = chatId(parameters);
    if (world.people().find(chat).isEmpty()) {
      throw BotApiError.badRequest("chat not found");
    }
    return chat;
  }

  private static long chatId(CallParameters parameters) {
    if (parameters.text("chat_id").filter(text -> !text.isBlank()).isEmpty()) {
      throw BotApiError.badRequest("chat_id is empty");
    }
    return parameters.number("chat_id").orElseThrow(() -> BotApiError.badRequest("chat not found"));
  }

  private static long messageId(CallParameters parameters) {
    return parameters
        .number("message_id")
        .filter(id -> id > 0)
        .orElseThrow(() -> BotApiError.badRequest("message identifier is not specified"));
  }

  private static RichText text(CallParameters parameters) {
    var text = parameters.text("text").orElse("");
    var mode = parameters.text("parse_mode").orElse("");
    var rich =
        switch (mode.toLowerCase(java.util.Locale.ROOT)) {
          case "" -> new RichText(text, MessageEntities.read(parameters.json("entities")));
          case "html" -> HtmlText.parse(text);
          case "markdown", "markdownv2" ->
              throw BotApiError.badRequest(
                  "parse_mode " + mode + " is not implemented by the sandbox");
          default -> throw BotApiError.badRequest("unsupported parse_mode");
        };
    return rich.trimmed().withFound();
  }

  private static @Nullable Keyboard keyboard(CallParameters parameters) {
    return parameters.json("reply_markup").map(KeyboardReader::read).orElse(null);
  }

  private static String scope(CallParameters parameters) {
    var scope = parameters.json("scope").orElse(null);
    if (scope == null) {
      return "default";
    }
    var type = scope.path("type").asString("");
    return switch (type) {
      case "default", "all_private_chats", "all_group_chats", "all_chat_administrators" -> type;
      case "chat" -> "chat/" + scope.path("chat_id").asString("");
      default -> throw BotApiError.badRequest("unsupported BotCommandScope type " + type);
    };
  }

  private static String language(CallParameters parameters) {
    var language = parameters.text("language_code").orElse("");
    if (!language.matches("([a-z]{2})?")) {
      throw BotApiError.badRequest("invalid language code specified");
    }
    return language;
  }

  private JsonNode json(ChatMessage message, SandboxBot bot) {
    var person = world.people().find(message.personId()).orElseThrow();
    return TelegramJson.message(message, bot, person);
  }
}
