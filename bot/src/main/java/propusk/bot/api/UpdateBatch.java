package propusk.bot.api;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
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
        updates.add(received(id, element.getAsJsonObject()));
      }
    }
    return updates;
  }

  /// An update with the chat whose order it keeps: the chat it happened in, else the person, else
  /// itself.
  public static ReceivedUpdate received(long id, JsonObject update) {
    for (var entry : update.entrySet()) {
      if (entry.getValue() instanceof JsonObject event) {
        var chat = chat(event);
        if (chat != null) {
          return new ReceivedUpdate(id, chat, update.toString());
        }
      }
    }
    return new ReceivedUpdate(id, id, update.toString());
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
      var value = object.get(name);
      return value != null && value.isJsonPrimitive() ? (Long) value.getAsLong() : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
