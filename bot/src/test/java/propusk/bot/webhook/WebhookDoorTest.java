package propusk.bot.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import propusk.bot.BotFixture;
import propusk.bot.Updates;
import propusk.domain.inbox.Inbox;
import propusk.domain.seal.Sealer;
import propusk.domain.seal.Secret;
import propusk.migrations.TestDatabase;

/// T18, I5, I6: what is answered at the door, and what is in the inbox then.
class WebhookDoorTest {
  private static final long BOT = 7_000_000_001L;
  private static final long OTHER = 7_000_000_002L;
  private static final String SECRET = "the-secret-that-Telegram-was-told_1";
  private static final String HEADER = "X-Telegram-Bot-Api-Secret-Token";

  private final Updates.Webhook updates = new Updates.Webhook(new Secret(SECRET), BOT);
  private final HttpClient http = HttpClient.newHttpClient();
  private TestDatabase database;
  private Jdbi jdbi;
  private WebhookBot bot;
  private WebhookBot other;
  private Javalin server;

  @BeforeEach
  void open() {
    database = TestDatabase.create();
    jdbi = Jdbi.create(database.dataSource());
    var inbox = new Inbox(new Sealer(List.of(new byte[32])), Instant::now);
    bot = new WebhookBot(BOT, updates.secretOf(BOT), jdbi, inbox, () -> {});
    other = new WebhookBot(OTHER, updates.secretOf(OTHER), jdbi, inbox, () -> {});
    var doors = Map.of(Long.toString(BOT), bot, Long.toString(OTHER), other);
    server =
        Javalin.create(config ->
            config.jetty.modifyServer(jetty -> jetty.insertHandler(new WebhookDoor(doors))));
    server.start("127.0.0.1", 0);
  }

  @AfterEach
  void close() {
    server.stop();
    http.close();
    bot.close();
    other.close();
    database.close();
  }

  @Test
  void anUpdateIsARowBeforeItsEmpty200() {
    var answer = bring(BOT, SECRET, update(1, 10)).join();
    assertEquals(200, answer.statusCode());
    assertEquals("", answer.body());
    assertEquals(1, rows());
    assertEquals(200, bring(BOT, SECRET, update(1, 10)).join().statusCode());
    assertEquals(1, rows(), "a repeat is acknowledged and dropped");
  }

  @Test
  void withoutTheRightSecretNothingIsReadNorStored() {
    for (var shown :
        new String[] {
          null,
          "",
          " ",
          "x",
          SECRET.substring(1),
          SECRET + "1",
          SECRET.toUpperCase(Locale.ROOT),
          updates.secretOf(OTHER).value(),
          "Bearer " + SECRET
        }) {
      for (var body : List.of(update(1, 10), "{", "")) {
        var answer = bring(BOT, shown, body).join();
        assertEquals(401, answer.statusCode(), "«" + shown + "»");
        assertEquals("", answer.body());
      }
    }
    for (var path : List.of("7000000009", "", "7000000001/", "07000000001", "propusk_bot")) {
      var answer = send("/telegram/webhook/" + path, SECRET, update(1, 10)).join();
      assertEquals(401, answer.statusCode(), "a bot that is not ours: " + path);
      assertEquals("", answer.body());
    }
    assertEquals(0, rows());
    assertEquals(27, bot.takeRefused());
    assertEquals(0, other.takeRefused(), "each bot's strangers are its own");
  }

  @Test
  void whatIsNoUpdateIsRefusedWithoutARow() {
    for (var body :
        List.of(
            "",
            "{",
            "[]",
            "5",
            "null",
            "\"update_id\"",
            "{}",
            "{'update_id':1}",
            "{\"update_id\":1}x",
            "{\"update_id\":\"x\"}",
            "{\"update_id\":0}",
            "{\"update_id\":99999999999999999999}",
            "[".repeat(20_000))) {
      assertEquals(400, bring(BOT, SECRET, body).join().statusCode(), body);
    }
    var large = update(1, 10).replace("hello", "x".repeat(1024 * 1024));
    assertEquals(413, bring(BOT, SECRET, large).join().statusCode());
    assertEquals(0, rows());
    assertEquals(200, bring(BOT, SECRET, "{\"update_id\":5,\"next_year\":1}").join().statusCode());
    assertEquals(1, rows(), "kinds we do not know are kept too");
  }

  @Test
  void nobodyIsAnsweredBeforeTheCommitAndAllThatWaitShareTheNext() {
    var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
    jdbi.useTransaction(lock -> {
      lock.execute("LOCK TABLE inbox IN EXCLUSIVE MODE");
      answers.add(bring(BOT, SECRET, update(1, 10)));
      BotFixture.await("the first commit under way", () -> waitingForTheLock(lock));
      for (int n = 2; n <= 100; n++) {
        answers.add(bring(BOT, SECRET, update(n, n % 7)));
      }
      BotFixture.await("all at the door", () -> bot.group().waiting() == 100);
      assertTrue(answers.stream().noneMatch(CompletableFuture::isDone));
    });
    answers.forEach(answer -> assertEquals(200, answer.join().statusCode()));
    assertEquals(100, rows());
    var commits = count("SELECT count(DISTINCT xmin::text) FROM inbox");
    assertTrue(commits <= 6, "a hundred updates in " + commits + " commits");
  }

  @Test
  void whatCannotBeStoredIs503AndWelcomeAgain() {
    jdbi.useHandle(handle -> handle.execute("ALTER TABLE inbox RENAME TO inbox_away"));
    var answer = bring(BOT, SECRET, update(1, 10)).join();
    assertEquals(503, answer.statusCode());
    assertEquals("", answer.body());
    assertFalse(answer.headers().firstValue("Retry-After").orElse("").isEmpty());
    jdbi.useHandle(handle -> handle.execute("ALTER TABLE inbox_away RENAME TO inbox"));
    assertEquals(200, bring(BOT, SECRET, update(1, 10)).join().statusCode());
    assertEquals(1, rows());
  }

  @Test
  void twoBotsOfOneNumberingDoNotMeet() {
    assertEquals(200, bring(BOT, SECRET, update(1, 10)).join().statusCode());
    var secret = updates.secretOf(OTHER).value();
    assertEquals(200, bring(OTHER, secret, update(1, 10)).join().statusCode());
    assertEquals(2, rows());
  }

  private CompletableFuture<HttpResponse<String>> bring(long botId, String secret, String body) {
    return send("/telegram/webhook/" + botId, secret, body);
  }

  private CompletableFuture<HttpResponse<String>> send(String path, String secret, String body) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .version(HttpClient.Version.HTTP_1_1)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (secret != null) {
      request.header(HEADER, secret);
    }
    return http.sendAsync(request.build(), BodyHandlers.ofString());
  }

  private static String update(long id, long chat) {
    return """
    {"update_id":%d,"message":{"chat":{"id":%d,"type":"private"},"text":"hello"}}\
    """
        .formatted(id, chat);
  }

  private long rows() {
    return count("SELECT count(*) FROM inbox");
  }

  private long count(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  private static boolean waitingForTheLock(Handle handle) {
    return handle
        .createQuery("SELECT count(*) > 0 FROM pg_locks WHERE NOT granted")
        .mapTo(Boolean.class)
        .one();
  }
}
