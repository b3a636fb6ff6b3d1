package propusk.sandbox.control;

import io.javalin.http.Context;
import java.util.Optional;
import propusk.sandbox.botapi.BotApiJson;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// A request's JSON object, read strictly: what is missing or of another kind is a 400.
record ControlBody(JsonNode json) {
  static ControlBody of(Context ctx) {
    try {
      var json = BotApiJson.MAPPER.readTree(ctx.body().isBlank() ? "{}" : ctx.body());
      if (json.isObject()) {
        return new ControlBody(json);
      }
    } catch (JacksonException malformed) {
      throw ControlError.badRequest("the body is not JSON");
    }
    throw ControlError.badRequest("the body must be a JSON object");
  }

  boolean has(String name) {
    return json.hasNonNull(name);
  }

  String text(String name) {
    return find(name).orElseThrow(() -> ControlError.badRequest(name + " is missing"));
  }

  Optional<String> find(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    if (!json.get(name).isString()) {
      throw ControlError.badRequest(name + " must be a string");
    }
    return Optional.of(json.get(name).asString()).filter(text -> !text.isBlank());
  }

  long number(String name) {
    return findNumber(name).orElseThrow(() -> ControlError.badRequest(name + " is missing"));
  }

  Optional<Long> findNumber(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    if (!json.get(name).isIntegralNumber()) {
      throw ControlError.badRequest(name + " must be a whole number");
    }
    return Optional.of(json.get(name).asLong());
  }

  boolean flag(String name, boolean otherwise) {
    return json.path(name).asBoolean(otherwise);
  }

  ControlBody object(String name) {
    if (!json.path(name).isObject()) {
      throw ControlError.badRequest(name + " must be an object");
    }
    return new ControlBody(json.get(name));
  }
}
