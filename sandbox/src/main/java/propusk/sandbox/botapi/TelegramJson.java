package propusk.sandbox.botapi;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import propusk.sandbox.world.Person;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The Bot API's objects as JSON.
///
/// @see <a href="https://core.telegram.org/bots/api#available-types">Available types</a>
final class TelegramJson {
  private TelegramJson() {}

  static ObjectNode object() {
    return BotApiJson.MAPPER.createObjectNode();
  }

  static ObjectNode user(Person person) {
    var json = object().put("id", person.id()).put("is_bot", false);
    putNames(json, person);
    return json.put("language_code", person.language());
  }

  static ObjectNode user(SandboxBot bot) {
    return object()
        .put("id", bot.id())
        .put("is_bot", true)
        .put("first_name", bot.name())
        .put("username", bot.username());
  }

  static ObjectNode chat(Person person) {
    var json = object().put("id", person.id());
    putNames(json, person);
    return json.put("type", "private");
  }

  private static void putNames(ObjectNode json, Person person) {
    json.put("first_name", person.firstName());
    person.lastName().ifPresent(name -> json.put("last_name", name));
    person.username().ifPresent(name -> json.put("username", name));
  }

  static ObjectNode message(ChatMessage message, SandboxBot bot, Person person) {
    var json = object().put("message_id", message.messageId());
    json.set("from", message.fromBot() ? user(bot) : user(person));
    json.set("chat", chat(person));
    json.put("date", message.date());
    if (message.editDate() != null) {
      json.put("edit_date", message.editDate());
    }
    if (message.contact() != null) {
      json.set("contact", contact(message.contact()));
      if (message.contact().forwardedFrom() != null) {
        json.set("forward_origin", forwardOrigin(message));
      }
    } else {
      json.put("text", message.text());
    }
    if (!message.entities().isEmpty()) {
      json.set("entities", BotApiJson.MAPPER.valueToTree(message.entities()));
    }
    var keyboard = message.keyboard();
    if (keyboard != null && keyboard.isInline()) {
      json.set("reply_markup", object().set("inline_keyboard", rows(keyboard)));
    }
    return json;
  }

  private static ObjectNode contact(Contact shared) {
    ObjectNode json = BotApiJson.MAPPER.valueToTree(shared);
    json.remove("forwarded_from");
    return json;
  }

  /// Of somebody who lets their name stand under forwarded messages.
  private static ObjectNode forwardOrigin(ChatMessage message) {
    var shared = Objects.requireNonNull(message.contact());
    var sender =
        object()
            .put("id", shared.forwardedFrom())
            .put("is_bot", false)
            .put("first_name", shared.firstName());
    var origin = object().put("type", "user").put("date", message.date());
    origin.set("sender_user", sender);
    return origin;
  }

  private static ArrayNode rows(Keyboard keyboard) {
    var rows = BotApiJson.MAPPER.createArrayNode();
    for (var row : keyboard.rows()) {
      var buttons = rows.addArray();
      row.forEach(button -> buttons.add(button(button)));
    }
    return rows;
  }

  private static ObjectNode button(Button button) {
    var json = object().put("text", button.text());
    putIfSet(json, "url", button.url());
    putIfSet(json, "callback_data", button.callbackData());
    if (button.webApp() != null) {
      json.set("web_app", object().put("url", button.webApp()));
    }
    return json;
  }

  static ObjectNode callbackQuery(
      String id, ChatMessage message, SandboxBot bot, Person person, String data) {
    var json = object().put("id", id);
    json.set("from", user(person));
    json.set("message", message(message, bot, person));
    var instance = bot.id() * 31 + person.id();
    return json.put("chat_instance", Long.toString(instance)).put("data", data);
  }

  static ObjectNode blockChange(SandboxBot bot, Person person, boolean blocked, long date) {
    var json = object();
    json.set("chat", chat(person));
    json.set("from", user(person));
    json.put("date", date);
    json.set("old_chat_member", member(bot, blocked ? "member" : "kicked"));
    json.set("new_chat_member", member(bot, blocked ? "kicked" : "member"));
    return json;
  }

  static ObjectNode member(SandboxBot bot, String status) {
    var json = object().put("status", status);
    json.set("user", user(bot));
    return status.equals("kicked") ? json.put("until_date", 0) : json;
  }

  private static void putIfSet(ObjectNode json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }
}
