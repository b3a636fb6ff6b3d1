package propusk.bot;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import propusk.bot.api.UpdateBatch;
import propusk.domain.inbox.Inbox;
import propusk.sandbox.person.SandboxPerson;

/// Updates that the sandbox's people never cause, put into the inbox as Telegram would hand them
/// over.
final class OddUpdates {
  private static final long BOT = 7_000_000_001L;

  private final BotFixture bot;
  private long next = 1_000;

  OddUpdates(BotFixture bot) {
    this.bot = bot;
  }

  void put(String json) {
    var update = JsonParser.parseString(json).getAsJsonObject();
    long id = next++;
    update.addProperty("update_id", id);
    var received = UpdateBatch.read(update.toString()).orElseThrow();
    bot.jdbi.useTransaction(
        handle -> new Inbox(bot.sealer, bot.clock).store(handle, BOT, List.of(received)));
  }

  /// A pressed button with data that we never wrote for this person.
  void press(SandboxPerson person, String data) {
    var query = new JsonObject();
    query.addProperty("id", "1");
    query.add("from", user(person));
    query.addProperty("data", data);
    var message = new JsonObject();
    message.addProperty("message_id", 1);
    message.addProperty("date", 1);
    message.add("chat", chat(person));
    query.add("message", message);
    var update = new JsonObject();
    update.add("callback_query", query);
    put(update.toString());
  }

  void awaitHandled() {
    BotFixture.await(
        "all are handled", () -> bot.count("SELECT count(*) FROM inbox WHERE state = 'open'") == 0);
  }

  private static JsonObject user(SandboxPerson person) {
    var user = new JsonObject();
    user.addProperty("id", person.id());
    user.addProperty("is_bot", false);
    user.addProperty("first_name", "Илья");
    user.addProperty("language_code", "ru");
    return user;
  }

  private static JsonObject chat(SandboxPerson person) {
    var chat = new JsonObject();
    chat.addProperty("id", person.id());
    chat.addProperty("type", "private");
    return chat;
  }
}
