package propusk.bot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import propusk.bot.api.UpdateBatch;
import propusk.domain.inbox.Inbox;
import propusk.sandbox.person.SandboxPerson;

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

  /// Whatever the update, the chat goes on. `$P` stands for a person, `$C` for their private chat,
  /// `$L` for a very long text.
  @Test
  void theCorpusOfOddUpdatesIsHandledWithoutOneFailure() {
    try (var bot = new BotFixture()) {
      var ilya = bot.person("ru");
      ilya.send("/start");
      ilya.awaitMessage("Здравствуйте");
      var odd = new OddUpdates(bot);
      var corpus = corpus(ilya);
      corpus.forEach(odd::put);
      for (var data : BUTTONS) {
        odd.press(ilya, data);
      }
      odd.awaitHandled();
      assertEquals(0, bot.count("SELECT count(*) FROM inbox WHERE attempts > 0 OR state = 'dead'"));
      // What a person wrote gets a kind answer; edits, groups, channels and bots get none.
      assertEquals(
          0, bot.count("SELECT count(*) FROM outbox WHERE chat_id <> " + ilya.id()), "silence");
      assertEquals(
          0, bot.count("SELECT count(*) FROM login") + bot.count("SELECT count(*) FROM deletion"));
      var ann = bot.person("en");
      ann.send("/help");
      ann.awaitMessage("What I can do");
    }
  }

  private static final List<String> BUTTONS =
      List.of(
          "",
          "?",
          "я".repeat(32),
          "x".repeat(64),
          "replace:",
          "replace:AAAA",
          "logout:../../etc",
          "logout:AAAAAAAAAAAAAAAAAAAAAA",
          "delete:",
          "delete:-1",
          "delete:999999999999",
          "reset:1:2",
          "reset:1:2:3",
          "reset:9999999999999999:1",
          "keep:",
          "news-on:999999999999999999",
          "news-off:x");

  private static List<String> corpus(SandboxPerson person) {
    var user =
        "{\"id\":%d,\"is_bot\":false,\"first_name\":\"Илья\",\"language_code\":\"ru\"}"
            .formatted(person.id());
    var chat = "{\"id\":%d,\"type\":\"private\"}".formatted(person.id());
    return CORPUS
        .lines()
        .map(line -> line.replace("$P", user).replace("$C", chat).replace("$L", "я".repeat(4096)))
        .toList();
  }

  private static final String CORPUS =
      """
      {"message":{"message_id":1,"from":$P,"chat":$C,"text":"$L"}}
      {"message":{"message_id":1,"from":$P,"chat":$C,"text":"/start $L"}}
      {"message":{"message_id":1,"from":$P,"chat":$C,"text":"/login $L"}}
      {"message":{"message_id":1,"from":$P,"chat":$C,"text":"/start ../../etc/passwd"}}
      {"message":{"message_id":1,"from":$P,"chat":$C,"text":"/start auth_\\u0000\\uD83D"}}
      {"message":{"message_id":1,"from":$P,"chat":$C,"text":"/START@PROPUSK_BOT tg_AAAAAAAAAAAAAAAAAAAAAA"}}
      {"message":{"message_id":1,"from":$P,"chat":$C,"text":"/start AAAAAAAAAAAAAAAAAAAAAA"}}
      {"message":{"message_id":1,"from":$P,"chat":$C,"text":"/help@another_bot"}}
      {"message":{"message_id":1,"from":$P,"chat":$C,"text":"//"}}
      {"message":{"message_id":1,"from":$P,"chat":$C,"text":"/debug_reset 1; DROP TABLE account"}}
      {"message":{"message_id":1,"from":$P,"chat":$C,"text":"/delete_me\\nnow"}}
      {"message":{"message_id":1,"from":$P,"chat":$C,"text":""}}
      {"message":{"message_id":1,"from":$P,"chat":$C,"photo":[{"file_id":"a","file_unique_id":"b","width":1,"height":1}],"caption":"/login AAAAAAAAAAAA"}}
      {"message":{"message_id":1,"from":$P,"chat":$C,"sticker":{"file_id":"a","file_unique_id":"b","type":"regular","width":1,"height":1}}}
      {"message":{"message_id":1,"from":$P,"chat":$C,"voice":{"file_id":"a","file_unique_id":"b","duration":1}}}
      {"message":{"message_id":1,"from":$P,"chat":$C,"dice":{"emoji":"🎲","value":6}}}
      {"message":{"message_id":1,"from":$P,"chat":$C,"location":{"latitude":1.0,"longitude":2.0}}}
      {"message":{"message_id":1,"from":$P,"chat":$C,"contact":{"phone_number":"x","first_name":""}}}
      {"message":{"message_id":1,"from":$P,"chat":$C,"web_app_data":{"data":"$L","button_text":"x"}}}
      {"message":{"message_id":1,"from":$P,"chat":$C,"via_bot":{"id":9,"is_bot":true,"first_name":"b"},"text":"/unheard_of"}}
      {"message":{"message_id":1,"from":$P,"chat":$C,"forward_origin":{"type":"hidden_user","sender_user_name":"x","date":1},"text":"forwarded"}}
      {"message":{"message_id":1,"from":$P,"chat":$C,"reply_to_message":{"message_id":2,"chat":$C,"text":"x"},"text":"an answer"}}
      {"message":{"message_id":1,"from":{"id":5,"is_bot":true,"first_name":"Bot"},"chat":{"id":5,"type":"private"},"text":"/start"}}
      {"message":{"message_id":1,"sender_chat":{"id":-100,"type":"channel","title":"x"},"chat":{"id":-100,"type":"channel","title":"x"},"text":"/start"}}
      {"message":{"message_id":1,"from":$P,"chat":{"id":-7,"type":"group","title":"x"},"text":"/start"}}
      {"message":{"message_id":1,"from":$P,"chat":{"id":-7,"type":"supergroup","title":"x","is_forum":true},"text":"talk"}}
      {"message":{"message_id":1,"from":$P,"chat":{"id":-7,"type":"group"},"new_chat_members":[]}}
      {"message":{"message_id":1,"from":$P,"chat":{"id":-7,"type":"group","title":"x"},"new_chat_members":[{"id":7000000001,"is_bot":true,"first_name":"Propusk"}]}}
      {"message":{"message_id":1,"chat":{"id":-7,"type":"group","title":"x"},"left_chat_member":{"id":8,"first_name":"x"}}}
      {"message":{"message_id":1,"chat":{"id":-7,"type":"group","title":"x"},"new_chat_title":"$L"}}
      {"message":{"message_id":1,"chat":{"id":-7,"type":"group","title":"x"},"migrate_to_chat_id":-1007}}
      {"message":{"message_id":1,"chat":{"id":-1009,"type":"supergroup","title":"x"},"migrate_from_chat_id":-9}}
      {"message":{"message_id":1,"from":$P,"chat":$C,"new_chat_title":"x"}}
      {"edited_message":{"message_id":1,"from":$P,"chat":$C,"edit_date":2,"text":"/login AAAAAAAAAAAA"}}
      {"channel_post":{"message_id":1,"chat":{"id":-100,"type":"channel","title":"x"},"text":"/login AAAAAAAAAAAA"}}
      {"edited_channel_post":{"message_id":1,"chat":{"id":-100,"type":"channel","title":"x"},"text":"/start"}}
      {"business_message":{"message_id":1,"from":$P,"chat":$C,"text":"/start"}}
      {"inline_query":{"id":"1","from":$P,"query":"$L","offset":""}}
      {"chosen_inline_result":{"result_id":"1","from":$P,"query":""}}
      {"callback_query":{"id":"1","from":$P,"inline_message_id":"1","chat_instance":"1","data":"keep"}}
      {"callback_query":{"id":"1","from":$P,"message":{"message_id":1,"date":0,"chat":$C},"chat_instance":"1","game_short_name":"x"}}
      {"callback_query":{"id":"1","from":$P,"message":{"message_id":1,"date":1,"chat":{"id":-7,"type":"group","title":"x"}},"data":"logout?"}}
      {"shipping_query":{"id":"1","from":$P,"invoice_payload":"x"}}
      {"pre_checkout_query":{"id":"1","from":$P,"currency":"XTR","total_amount":1,"invoice_payload":"x"}}
      {"poll":{"id":"1","question":"?","options":[],"total_voter_count":0}}
      {"poll_answer":{"poll_id":"1","user":$P,"option_ids":[0]}}
      {"chat_member":{"chat":{"id":-7,"type":"group","title":"x"},"from":$P,"date":1,"old_chat_member":{"status":"member"},"new_chat_member":{"status":"left"}}}
      {"my_chat_member":{"chat":{"id":-8,"type":"channel","title":"x"},"from":$P,"date":1,"old_chat_member":{"status":"left"},"new_chat_member":{"status":"administrator","user":{"id":1,"is_bot":true,"first_name":"x"}}}}
      {"my_chat_member":{"chat":{"id":-8,"type":"channel","title":"x"},"from":$P,"date":1}}
      {"chat_join_request":{"chat":{"id":-7,"type":"group","title":"x"},"from":$P,"user_chat_id":1,"date":1}}
      {"message_reaction":{"chat":$C,"message_id":1,"user":$P,"date":1,"old_reaction":[],"new_reaction":[]}}
      {"chat_boost":{"chat":{"id":-7,"type":"group"},"boost":{}}}
      {"a_kind_of_next_year":{"chat":$C,"deep":[[[[{}]]]]}}
      """;

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
