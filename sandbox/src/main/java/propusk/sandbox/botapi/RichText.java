package propusk.sandbox.botapi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/// Text with its entities, trimmed as Telegram trims it.
public record RichText(String text, List<TextEntity> entities) {
  private static final Pattern LINK =
      Pattern.compile("https?://[^\\s<>\"«»]*[^\\s<>\"«».,;:!?)]", Pattern.CASE_INSENSITIVE);
  private static final Pattern COMMAND =
      Pattern.compile("(?<![\\w/])/[A-Za-z0-9_]{1,64}(?:@\\w{3,32})?(?![\\w/])");
  private static final Pattern MENTION = Pattern.compile("(?<!\\w)@[A-Za-z]\\w{3,31}");

  public RichText {
    entities = List.copyOf(entities);
  }

  /// What a person typed: commands, links and mentions become entities by themselves.
  public static RichText plain(String text) {
    return new RichText(text, List.of()).trimmed().withFound();
  }

  RichText trimmed() {
    var start = 0;
    while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    var end = text.length();
    while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    var kept = new ArrayList<TextEntity>();
    for (var entity : entities) {
      var from = Math.max(entity.offset(), start);
      var to = Math.min(entity.end(), end);
      if (to > from) {
        kept.add(entity.at(from - start, to - from));
      }
    }
    return new RichText(text.substring(start, end), kept);
  }

  /// Adds the entities that Telegram's server finds by itself, outside code and links.
  RichText withFound() {
    var all = new ArrayList<>(entities);
    find(LINK, "url", all);
    find(COMMAND, "bot_command", all);
    find(MENTION, "mention", all);
    all.sort(
        Comparator.comparingInt(TextEntity::offset)
            .thenComparing(Comparator.comparingInt(TextEntity::length).reversed()));
    return new RichText(text, all);
  }

  private void find(Pattern pattern, String type, List<TextEntity> all) {
    var matcher = pattern.matcher(text);
    while (matcher.find()) {
      var start = matcher.start();
      var end = matcher.end();
      var taken = all.stream().anyMatch(e -> isClosed(e) && e.offset() < end && e.end() > start);
      if (!taken) {
        all.add(TextEntity.plain(type, start, end - start));
      }
    }
  }

  private static boolean isClosed(TextEntity entity) {
    return switch (entity.type()) {
      case "code", "pre", "text_link", "url", "bot_command", "mention" -> true;
      default -> false;
    };
  }
}
