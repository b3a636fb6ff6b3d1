package propusk.sandbox.botapi;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Reads `reply_markup` and refuses what Telegram refuses, in its words.
///
/// @see <a href="https://core.telegram.org/bots/api#inlinekeyboardbutton">InlineKeyboardButton</a>
final class KeyboardReader {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final int MAX_BUTTONS = 100;

  private KeyboardReader() {}

  static Keyboard read(JsonNode markup) {
    if (!markup.isObject()) {
      throw BotApiError.badRequest("object expected as reply markup");
    }
    if (markup.has("inline_keyboard")) {
      return inline(markup.get("inline_keyboard"));
    }
    if (markup.has("keyboard")) {
      var oneTime = markup.path("one_time_keyboard").asBoolean(false);
      return new Keyboard(Keyboard.Kind.REPLY, replyRows(markup.get("keyboard")), oneTime);
    }
    if (markup.path("remove_keyboard").asBoolean(false)) {
      return new Keyboard(Keyboard.Kind.REMOVE, List.of(), false);
    }
    if (markup.path("force_reply").asBoolean(false)) {
      return new Keyboard(Keyboard.Kind.FORCE_REPLY, List.of(), false);
    }
    throw BotApiError.badRequest("object expected as reply markup");
  }

  private static Keyboard inline(JsonNode rows) {
    if (!rows.isArray()) {
      throw BotApiError.badRequest(
          "can't parse inline keyboard: field \"inline_keyboard\" must be of type Array");
    }
    var read = new ArrayList<List<Button>>();
    for (var row : rows) {
      var buttons = new ArrayList<Button>();
      for (var button : row) {
        buttons.add(inlineButton(button));
      }
      if (!buttons.isEmpty()) {
        read.add(buttons);
      }
    }
    return new Keyboard(Keyboard.Kind.INLINE, counted(read), false);
  }

  private static Button inlineButton(JsonNode button) {
    var text = buttonText(button, "inline keyboard button");
    if (button.has("url")) {
      return new Button(text, linkUrl(button.path("url").asString("")), null, null, null);
    }
    if (button.has("callback_data")) {
      var data = button.path("callback_data").asString("");
      var bytes = data.getBytes(StandardCharsets.UTF_8).length;
      if (bytes < 1 || bytes > 64) {
        throw BotApiError.badRequest("BUTTON_DATA_INVALID");
      }
      return new Button(text, null, data, null, null);
    }
    if (button.has("web_app")) {
      var url = webAppUrl(button.path("web_app"), "inline keyboard button");
      return new Button(text, null, null, url, null);
    }
    if (button.size() > 1) {
      throw BotApiError.badRequest(
          "this type of inline keyboard button is not implemented by the sandbox");
    }
    throw BotApiError.badRequest(
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard");
  }

  private static List<List<Button>> replyRows(JsonNode rows) {
    var read = new ArrayList<List<Button>>();
    for (var row : rows) {
      var buttons = new ArrayList<Button>();
      for (var button : row) {
        buttons.add(replyButton(button));
      }
      if (!buttons.isEmpty()) {
        read.add(buttons);
      }
    }
    if (read.isEmpty()) {
      throw BotApiError.badRequest("reply keyboard must be non-empty");
    }
    return counted(read);
  }

  private static Button replyButton(JsonNode button) {
    if (button.isString()) {
      return Button.text(button.asString());
    }
    var text = buttonText(button, "keyboard button");
    if (button.path("request_contact").asBoolean(false)) {
      return new Button(text, null, null, null, true);
    }
    if (button.has("web_app")) {
      return new Button(
          text, null, null, webAppUrl(button.path("web_app"), "keyboard button"), null);
    }
    return Button.text(text);
  }

  private static String buttonText(JsonNode button, String what) {
    var text = button.path("text").asString("").strip();
    if (text.isEmpty()) {
      throw BotApiError.badRequest(
          "can't parse " + what + ": field \"text\" must be a non-empty string");
    }
    return text;
  }

  private static List<List<Button>> counted(List<List<Button>> rows) {
    if (rows.stream().mapToInt(List::size).sum() > MAX_BUTTONS) {
      throw BotApiError.badRequest("REPLY_MARKUP_TOO_LONG");
    }
    return rows;
  }

  private static String linkUrl(String url) {
    var scheme = uri(url).map(URI::getScheme).orElse("");
    if (!Set.of("http", "https", "tg").contains(scheme)) {
      throw BotApiError.badRequest(
          "inline keyboard button URL '" + url + "' is invalid: Wrong HTTP URL");
    }
    return url;
  }

  /// The real Bot API takes https only; the sandbox also takes http for loopback hosts.
  static String webAppUrl(JsonNode webApp, String what) {
    var url = webApp.path("url").asString("");
    var uri = uri(url);
    var scheme = uri.map(URI::getScheme).orElse("");
    var host = uri.flatMap(u -> Optional.ofNullable(u.getHost())).orElse("");
    var allowed = scheme.equals("https") || (scheme.equals("http") && LOOPBACK.contains(host));
    if (!allowed || host.isEmpty()) {
      throw BotApiError.badRequest(
          what + " Web App URL '" + url + "' is invalid: Only HTTPS links are allowed");
    }
    return url;
  }

  private static Optional<URI> uri(String url) {
    try {
      return Optional.of(URI.create(url));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }
}
