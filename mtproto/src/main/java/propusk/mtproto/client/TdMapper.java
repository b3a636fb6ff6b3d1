package propusk.mtproto.client;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Records to TDLib's JSON and back: snake_case names, bytes as base64.
final class TdMapper {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private TdMapper() {}

  static String write(TdObject request, String extra) {
    ObjectNode node = JSON.valueToTree(request);
    return node.put("@extra", extra).toString();
  }

  static JsonNode read(String json) {
    return JSON.readTree(json);
  }

  static <R> R read(JsonNode node, Class<R> type) {
    return JSON.treeToValue(node, type);
  }
}
