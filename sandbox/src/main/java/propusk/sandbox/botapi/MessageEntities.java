package propusk.sandbox.botapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads the `entities` parameter, the other way to mark a text.
final class MessageEntities {
  private MessageEntities() {}

  static List<TextEntity> read(Optional<JsonNode> json) {
    var read = new ArrayList<TextEntity>();
    for (var node : json.filter(JsonNode::isArray).stream().toList()) {
      for (var item : node) {
        var offset = item.path("offset").asInt(-1);
        var length = item.path("length").asInt(0);
        if (offset >= 0 && length > 0) {
          read.add(
              new TextEntity(
                  item.path("type").asString(""),
                  offset,
                  length,
                  text(item, "url"),
                  text(item, "language")));
        }
      }
    }
    return read;
  }

  private static @Nullable String text(JsonNode item, String name) {
    return item.has(name) ? item.path(name).asString("") : null;
  }
}
