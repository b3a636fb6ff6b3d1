package propusk.sandbox.botapi;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads `parse_mode=HTML` by Telegram's rules; wrong markup is refused with Telegram's words.
///
/// @see <a href="https://core.telegram.org/bots/api#html-style">HTML style</a>
final class HtmlText {
  private static final Pattern TAG =
      Pattern.compile("<(/?)([A-Za-z][A-Za-z0-9-]*)((?:\\s+[^<>]*)?)\\s*>");
  private static final Pattern ATTRIBUTE =
      Pattern.compile("([A-Za-z-]+)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s\"'>]+))");
  private static final Pattern CHARACTER =
      Pattern.compile("&(?:(lt|gt|amp|quot)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));?");

  private record Open(String tag, String type, int start, @Nullable String url) {}

  private final String source;
  private final StringBuilder text = new StringBuilder();
  private final List<TextEntity> entities = new ArrayList<>();
  private final Deque<Open> open = new ArrayDeque<>();

  private HtmlText(String source) {
    this.source = source;
  }

  static RichText parse(String source) {
    return new HtmlText(source).read();
  }

  private RichText read() {
    var tag = TAG.matcher(source);
    var at = 0;
    while (at < source.length()) {
      var c = source.charAt(at);
      if (c == '<') {
        if (!tag.region(at, source.length()).lookingAt()) {
          throw wrong("Unclosed start tag at byte offset " + bytesBefore(at));
        }
        readTag(tag, at);
        at = tag.end();
      } else if (c == '&') {
        at = readCharacter(at);
      } else {
        text.append(c);
        at++;
      }
    }
    if (!open.isEmpty()) {
      throw wrong("Can't find end tag corresponding to start tag \"" + open.peek().tag() + "\"");
    }
    return new RichText(text.toString(), entities);
  }

  private void readTag(Matcher tag, int at) {
    var name = tag.group(2).toLowerCase(Locale.ROOT);
    if (tag.group(1).isEmpty()) {
      open.push(opened(name, tag.group(3), at));
      return;
    }
    var last = open.poll();
    if (last == null) {
      throw wrong("Unexpected end tag at byte offset " + bytesBefore(at));
    }
    if (!last.tag().equals(name)) {
      throw wrong(
          "Unmatched end tag at byte offset %d, expected \"</%s>\", found \"</%s>\""
              .formatted(bytesBefore(at), last.tag(), name));
    }
    if (text.length() > last.start()) {
      var length = text.length() - last.start();
      entities.add(new TextEntity(last.type(), last.start(), length, last.url(), null));
    }
  }

  private Open opened(String name, String attributes, int at) {
    var type =
        switch (name) {
          case "b", "strong" -> "bold";
          case "i", "em" -> "italic";
          case "u", "ins" -> "underline";
          case "s", "strike", "del" -> "strikethrough";
          case "code", "pre", "blockquote" -> name;
          case "tg-spoiler" -> "spoiler";
          case "tg-emoji" -> "custom_emoji";
          case "a" -> "text_link";
          case "span" -> {
            if (!"tg-spoiler".equals(attribute(attributes, "class"))) {
              throw wrong(
                  "Tag \"span\" must have class \"tg-spoiler\" at byte offset " + bytesBefore(at));
            }
            yield "spoiler";
          }
          default ->
              throw wrong(
                  "Unsupported start tag \"" + name + "\" at byte offset " + bytesBefore(at));
        };
    return new Open(name, type, text.length(), attribute(attributes, "href"));
  }

  private static @Nullable String attribute(String attributes, String name) {
    var matcher = ATTRIBUTE.matcher(attributes);
    while (matcher.find()) {
      if (matcher.group(1).equalsIgnoreCase(name)) {
        for (var group = 2; group <= 4; group++) {
          if (matcher.group(group) != null) {
            return new HtmlText(matcher.group(group).replace("<", "&lt;")).read().text();
          }
        }
      }
    }
    return null;
  }

  private int readCharacter(int at) {
    var matcher = CHARACTER.matcher(source).region(at, source.length());
    if (!matcher.lookingAt()) {
      text.append('&');
      return at + 1;
    }
    var named = matcher.group(1);
    if (named != null) {
      text.append(
          switch (named) {
            case "lt" -> '<';
            case "gt" -> '>';
            case "amp" -> '&';
            default -> '"';
          });
      return matcher.end();
    }
    var hex = matcher.group(3);
    var point = hex == null ? Integer.parseInt(matcher.group(2)) : Integer.parseInt(hex, 16);
    if (!Character.isValidCodePoint(point) || point == 0) {
      text.append('&');
      return at + 1;
    }
    text.appendCodePoint(point);
    return matcher.end();
  }

  private int bytesBefore(int at) {
    return source.substring(0, at).getBytes(StandardCharsets.UTF_8).length;
  }

  private static BotApiError wrong(String why) {
    return BotApiError.badRequest("can't parse entities: " + why);
  }
}
