package propusk.bot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import propusk.bot.api.UpdateBatch;
import propusk.domain.inbox.Inbox;

class OddUpdatesTest {

  @Test
  void oddUpdatesEndWithoutAnExceptionAndTheChatGoesOn() {
    try (var bot = new BotFixture()) {
      var ilya = bot.person("ru");
      var odd =
          List.of(
              "{\"edited_message\":{\"chat\":{\"id\":1,\"type\":\"private\"}}}",
              "{\"chat_member\":{\"chat\":{\"id\":-1}}}",
              "{\"a_kind_of_next_year\":[1,2]}",
              "{\"message\":{\"chat\":{\"id\":-5,\"type\":\"group\"},\"from\":{\"id\":7},\"text\":\"/start\"}}",
              "{\"channel_post\":{\"chat\":{\"id\":-6,\"type\":\"channel\"},\"text\":\"/login A\"}}",
              "{\"message\":{\"chat\":{\"id\":%d,\"type\":\"private\"},\"from\":{\"id\":\"odd\"}}}"
                  .formatted(ilya.id()));
      var inbox = new Inbox(bot.sealer, bot.clock);
      for (int n = 0; n < odd.size(); n++) {
        var update = JsonParser.parseString(odd.get(n)).getAsJsonObject();
        update.addProperty("update_id", 1_000 + n);
        var received = UpdateBatch.read(update.toString()).orElseThrow();
        bot.jdbi.useTransaction(h -> inbox.store(h, 7_000_000_001L, List.of(received)));
      }
      ilya.send("/help");
      ilya.awaitMessage("Что я умею");
      BotFixture.await(
          "all are handled",
          () -> bot.count("SELECT count(*) FROM inbox WHERE state = 'open'") == 0);
      assertEquals(
          1,
          bot.count("SELECT count(*) FROM inbox WHERE state = 'dead' AND error = 'unreadable'"),
          "only the one that is no update");
      assertEquals(0, bot.count("SELECT count(*) FROM inbox WHERE attempts > 0"));
      assertEquals(1, bot.count("SELECT count(*) FROM outbox"));
    }
  }

  @Test
  void anUpdateThatKeepsFailingIsPutAsideAndTheChatGoesOn() {
    try (var bot = new BotFixture()) {
      var ilya = bot.person("ru");
      bot.jdbi.useHandle(handle -> handle.execute("ALTER TABLE limit_use RENAME TO gone"));
      ilya.send("/login AAAAAAAAAAAA");
      ilya.send("/help");
      for (int attempt = 1; attempt <= Inbox.ATTEMPTS; attempt++) {
        int tries = attempt;
        BotFixture.await(
            "try " + attempt,
            () -> bot.count("SELECT coalesce(max(attempts), 0) FROM inbox") >= tries);
        bot.advance(java.time.Duration.ofMinutes(2));
      }
      ilya.awaitMessage("Что я умею");
      assertEquals(
          1, bot.count("SELECT count(*) FROM inbox WHERE state = 'dead' AND payload IS NOT NULL"));
    }
  }
}
