package propusk.sandbox.botapi;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// A call's parameters, from the query, a form (`urlencoded` or multipart) or a JSON body.
///
/// Objects inside a form are JSON in a string; inside a JSON body they may be either.
final class CallParameters {
  private final Map<String, JsonNode> values = new LinkedHashMap<>();

  void put(String name, String value) {
    values.put(name, BotApiJson.MAPPER.valueToTree(value));
  }

  void putAll(JsonNode object) {
    object.properties().forEach(field -> values.put(field.getKey(), field.getValue()));
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name))
        .filter(node -> !node.isNull())
        .map(node -> node.isValueNode() ? node.asString() : node.toString());
  }

  Optional<Long> number(String name) {
    return text(name).filter(text -> text.matches("-?\\d{1,18}")).map(Long::valueOf);
  }

  boolean flag(String name) {
    return text(name).filter(text -> text.equalsIgnoreCase("true") || text.equals("1")).isPresent();
  }

  Optional<JsonNode> json(String name) {
    var node = values.get(name);
    if (node == null || node.isNull()) {
      return Optional.empty();
    }
    if (!node.isString()) {
      return Optional.of(node);
    }
    if (node.asString().isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(BotApiJson.MAPPER.readTree(node.asString()));
    } catch (JacksonException malformed) {
      throw BotApiError.badRequest("can't parse " + name + " JSON object");
    }
  }
}
