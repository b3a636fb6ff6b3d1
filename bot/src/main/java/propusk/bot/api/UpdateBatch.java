package propusk.bot.api;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.domain.inbox.ReceivedUpdate;

/// Updates as they came, in their raw text, so that fields and kinds we do not know are kept too.
/// Only the numbers needed to keep them are read here.
public final class UpdateBatch {
  private static final Logger LOG = LoggerFactory.getLogger(UpdateBatch.class);
  private static final List<String> PERSONS = List.of("from", "user", "voter_chat");

  private UpdateBatch() {}

  /// Elements without an `update_id` cannot be confirmed or told apart and are left out.
  static List<ReceivedUpdate> read(JsonArray array) {
    var updates = new ArrayList<ReceivedUpdate>();
    for (var element : array) {
      var id = element instanceof JsonObject update ? number(update, "update_id") : null;
      if (id == null) {
        LOG.warn("event=update_unnumbered");
      } else {
        updates.add(received(id, element.getAsJsonObject(), element.toString()));
      }
    }
    return updates;
  }

  /// An update that came alone; empty for what is none.
  public static Optional<ReceivedUpdate> read(String json) {
    try {
      var reader = new JsonReader(new StringReader(json));
      reader.setStrictness(Strictness.STRICT);
      var element = JsonParser.parseReader(reader);
      if (!(element instanceof JsonObject update) || reader.peek() != JsonToken.END_DOCUMENT) {
        return Optional.empty();
      }
      return Optional.ofNullable(number(update, "update_id"))
          .filter(id -> id > 0)
          .map(id -> received(id, update, json));
    } catch (JsonParseException | IOException e) {
      return Optional.empty();
    }
  }

  /// An update with the chat whose order it keeps: the chat it happened in, else the person, else
  /// itself.
  private static ReceivedUpdate received(long id, JsonObject update, String json) {
    for (var entry : update.entrySet()) {
      if (entry.getValue() instanceof JsonObject event) {
        var chat = chat(event);
        if (chat != null) {
          return new ReceivedUpdate(id, chat, json);
        }
      }
    }
    return new ReceivedUpdate(id, id, json);
  }

  private static @Nullable Long chat(JsonObject event) {
    var chat = id(event.get("chat"));
    if (chat == null && event.get("message") instanceof JsonObject message) {
      chat = id(message.get("chat"));
    }
    for (var person : PERSONS) {
      if (chat == null) {
        chat = id(event.get(person));
      }
    }
    return chat;
  }

  private static @Nullable Long id(@Nullable JsonElement element) {
    return element instanceof JsonObject object ? number(object, "id") : null;
  }

  private static @Nullable Long number(JsonObject object, String name) {
    try {
      return object.get(name) instanceof JsonPrimitive value && value.isNumber()
          ? Long.valueOf(value.getAsString())
          : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
