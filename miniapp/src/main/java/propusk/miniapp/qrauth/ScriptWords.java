package propusk.miniapp.qrauth;

import java.util.List;
import propusk.miniapp.page.Words;
import tools.jackson.databind.ObjectMapper;

/// The texts that the scripts of a login's pages fill.
public final class ScriptWords {
  private static final List<String> KEYS =
      List.of(
          "state.preparing",
          "state.slow",
          "state.waiting",
          "state.silent",
          "state.offline",
          "state.hurry",
          "state.minute",
          "clock.now",
          "clock.renewing",
          "clock.seconds",
          "who.only",
          "who.account",
          "finalizing.tick.2",
          "finalizing.tick.4",
          "done.digests.on",
          "done.digests.off",
          "again",
          "again.at",
          "row.none",
          "row.open.title",
          "row.open.text",
          "row.opened.title",
          "row.opened.text",
          "row.copy.title",
          "row.copy.text",
          "row.copied.title",
          "row.copied.text",
          "link.copied",
          "opened.where",
          "opened.where.unknown",
          "opened.browser",
          "opened.ago.now",
          "opened.ago",
          "queue",
          "queue.soon",
          "password.opening",
          "password.failed",
          "password.wrong.1",
          "password.wrong.2",
          "password.checking",
          "password.slow",
          "password.show",
          "password.hide");

  private ScriptWords() {}

  public static String json(ObjectMapper json, Words words) {
    var node = json.createObjectNode();
    KEYS.forEach(key -> node.put(key, words.open(key)));
    return node.toString();
  }
}
