package propusk.sandbox.botapi;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import propusk.sandbox.world.Person;
import propusk.sandbox.world.Shelf;
import propusk.sandbox.world.World;
import tools.jackson.databind.JsonNode;

/// What bots say about themselves: their commands by scope and language, and the menu button.
///
/// @see <a href="https://core.telegram.org/bots/api#determining-list-of-commands">which list</a>
public final class BotSettings {
  /// One command of a bot's list.
  public record Command(String command, String description) {}

  /// The button beside the input field; `webApp` is set for type `web_app`.
  public record MenuButton(String type, @Nullable String text, @Nullable String webApp) {
    static final MenuButton COMMANDS = new MenuButton("commands", null, null);
  }

  record CommandList(List<Command> commands) {}

  private final Shelf<String, CommandList> lists;
  private final Shelf<String, MenuButton> menus;

  BotSettings(World world) {
    this.lists = world.shelf("bot_commands", String.class, CommandList.class);
    this.menus = world.shelf("bot_menu", String.class, MenuButton.class);
  }

  void setCommands(SandboxBot bot, String scope, String language, List<Command> commands) {
    lists.put(key(bot, scope, language), new CommandList(commands));
  }

  void deleteCommands(SandboxBot bot, String scope, String language) {
    lists.remove(key(bot, scope, language));
  }

  List<Command> commands(SandboxBot bot, String scope, String language) {
    return lists.find(key(bot, scope, language)).map(CommandList::commands).orElse(List.of());
  }

  /// The list that this person sees: the narrowest scope wins, then the person's language.
  public List<Command> commandsFor(SandboxBot bot, Person person) {
    for (var scope : List.of("chat/" + person.id(), "all_private_chats", "default")) {
      for (var language : List.of(person.language(), "")) {
        var found = commands(bot, scope, language);
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    return List.of();
  }

  void setMenuButton(SandboxBot bot, @Nullable Long personId, MenuButton button) {
    var key = menuKey(bot, personId);
    if (button.type().equals("default")) {
      menus.remove(key);
      return;
    }
    menus.put(key, button);
  }

  public MenuButton menuButton(SandboxBot bot, @Nullable Long personId) {
    return menus
        .find(menuKey(bot, personId))
        .or(() -> menus.find(menuKey(bot, null)))
        .orElse(MenuButton.COMMANDS);
  }

  static List<Command> readCommands(JsonNode json) {
    if (!json.isArray() || json.size() > 100) {
      throw BotApiError.badRequest("expected an Array of at most 100 BotCommand");
    }
    var commands = new ArrayList<Command>();
    for (var item : json) {
      var command = item.path("command").asString("").replaceFirst("^/", "");
      var description = item.path("description").asString("").strip();
      if (!command.matches("[a-z0-9_]{1,32}")) {
        throw BotApiError.badRequest("BOT_COMMAND_INVALID");
      }
      if (description.isEmpty() || description.length() > 256) {
        throw BotApiError.badRequest("BOT_COMMAND_DESCRIPTION_INVALID");
      }
      commands.add(new Command(command, description));
    }
    return commands;
  }

  static MenuButton readMenuButton(JsonNode json) {
    var type = json.path("type").asString("default");
    return switch (type) {
      case "default", "commands" -> new MenuButton(type, null, null);
      case "web_app" -> {
        var text = json.path("text").asString("").strip();
        if (text.isEmpty()) {
          throw BotApiError.badRequest("menu button text must be non-empty");
        }
        var url = KeyboardReader.webAppUrl(json.path("web_app"), "menu button");
        yield new MenuButton(type, text, url);
      }
      default -> throw BotApiError.badRequest("unknown menu button type");
    };
  }

  private static String key(SandboxBot bot, String scope, String language) {
    return bot.id() + "/" + scope + "/" + language;
  }

  private static String menuKey(SandboxBot bot, @Nullable Long personId) {
    return bot.id() + "/" + (personId == null ? "default" : personId);
  }
}
