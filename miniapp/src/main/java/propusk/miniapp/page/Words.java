package propusk.miniapp.page;

import java.util.List;
import java.util.Map;
import propusk.domain.account.Language;
import propusk.domain.text.Messages;

/// This module's texts in one language, for templates.
public record Words(Language language, Messages messages) {

  public String say(String key) {
    return messages.say(language, key);
  }

  public String say(String key, String name, String value) {
    return messages.say(language, key, Map.of(name, value));
  }

  public String say(String key, Map<String, ?> values) {
    return messages.say(language, key, values);
  }

  /// A text of several lines, each a point of a list.
  public List<String> lines(String key) {
    return say(key).lines().toList();
  }

  public boolean has(String key) {
    return messages.keys(language).contains(key);
  }

  /// The text with its places left open, for the script to fill.
  public String open(String key) {
    return messages.say(
        language,
        key,
        Map.of(
            "left",
            "{left}",
            "n",
            "{n}",
            "name",
            "{name}",
            "plan",
            "{plan}",
            "who",
            "{who}",
            "time",
            "{time}",
            "browser",
            "{browser}",
            "system",
            "{system}",
            "host",
            "{host}",
            "ip",
            "{ip}"));
  }
}
