package propusk.sandbox.botapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pengrad.telegrambot.TelegramBot;
import com.pengrad.telegrambot.model.WebhookInfo;
import com.pengrad.telegrambot.request.DeleteWebhook;
import com.pengrad.telegrambot.request.GetUpdates;
import com.pengrad.telegrambot.request.GetWebhookInfo;
import com.pengrad.telegrambot.request.SetWebhook;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import propusk.sandbox.SandboxFixture;
import tools.jackson.databind.JsonNode;

/// Deliveries by Telegram's rules, to a webhook that does as it is told.
class WebhookTest {
  private static final String SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token";

  /// What came, in order.
  private record Brought(long id, long chat, String text, String secret) {}

  /// How the webhook answers.
  private interface Answer {
    void to(Brought update, HttpExchange exchange) throws IOException, InterruptedException;
  }

  private final List<Brought> brought = new CopyOnWriteArrayList<>();
  private volatile Answer answer = (_, exchange) -> exchange.sendResponseHeaders(200, -1);
  private SandboxFixture telegram;
  private TelegramBot bot;
  private HttpServer webhook;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    telegram = SandboxFixture.start(directory);
    bot = telegram.bot();
    webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    webhook.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    webhook.createContext("/", this::take);
    webhook.start();
  }

  @AfterEach
  void stop() {
    telegram.close();
    webhook.stop(0);
  }

  @Test
  void theChatsUpdatesComeOneAfterTheOtherAndChatsSideBySide() throws Exception {
    var ilya = telegram.client().newPerson("Илья", "");
    var anna = telegram.client().newPerson("Анна", "");
    var release = new CountDownLatch(1);
    answer =
        (update, exchange) -> {
          if (update.chat() == ilya.id()) {
            assertTrue(release.await(60, TimeUnit.SECONDS));
          }
          exchange.sendResponseHeaders(204, -1);
        };
    assertTrue(set("secret_1").isOk());
    ilya.send("1");
    ilya.send("2");
    anna.send("1");
    anna.send("2");
    await("all of Anna's and the first of Ilya's", () -> brought.size() == 3);
    assertEquals(List.of("1", "2"), texts(anna.id()));
    assertEquals(List.of("1"), texts(ilya.id()), "the second waits for the first's answer");
    release.countDown();
    await("the rest", () -> info().pendingUpdateCount() == 0);
    assertEquals(List.of("1", "2"), texts(ilya.id()));
    assertTrue(brought.stream().allMatch(update -> update.secret().equals("secret_1")));
    assertEquals(0, Objects.requireNonNullElse(info().lastErrorDate(), 0));
  }

  @Test
  void aRefusedUpdateComesAgainHoldsItsChatAndTheErrorStaysToBeSeen() {
    var ilya = telegram.client().newPerson("Илья", "");
    answer =
        (_, exchange) -> {
          exchange.getResponseHeaders().set("Retry-After", "100");
          exchange.sendResponseHeaders(brought.size() == 1 ? 503 : 200, -1);
        };
    set("secret_1");
    ilya.send("1");
    ilya.send("2");
    await("the first try", () -> info().lastErrorDate() != null);
    assertEquals(
        "Wrong response from the webhook: 503 Service Unavailable", info().lastErrorMessage());
    assertEquals(2, info().pendingUpdateCount());
    assertEquals(1, brought.size(), "Retry-After is obeyed");
    telegram.client().skip(Duration.ofSeconds(101));
    await("the rest", () -> info().pendingUpdateCount() == 0);
    assertEquals(List.of("1", "1", "2"), texts(ilya.id()));
    assertTrue(info().lastErrorDate() > 0, "Telegram tells an old error for ever");
  }

  @Test
  void withoutRetryAfterItComesAtOnceThenEverLaterAndAfterADayNotAtAll() {
    var ilya = telegram.client().newPerson("Илья", "");
    answer = (_, exchange) -> exchange.sendResponseHeaders(500, -1);
    set("secret_1");
    ilya.send("1");
    await("two tries at once", () -> brought.size() == 2);
    telegram.client().skip(Duration.ofSeconds(3));
    await("the third after two seconds", () -> brought.size() == 3);
    telegram.client().skip(Duration.ofHours(25));
    await("dropped", () -> info().pendingUpdateCount() == 0);
  }

  @Test
  void whoSetsItWithoutASecretErasesTheSecretAndWhoPollsIsRefused() {
    var ilya = telegram.client().newPerson("Илья", "");
    assertTrue(set("secret_1").isOk());
    var polled = bot.execute(new GetUpdates());
    assertEquals(409, polled.errorCode());
    meddle(Map.of("act", "erase_secret"));
    ilya.send("1");
    await("it", () -> brought.size() == 1);
    assertEquals("", brought.getFirst().secret());
    assertEquals(webhookUrl(), info().url(), "nothing of it is to be seen");
    meddle(Map.of("act", "steal"));
    assertFalse(info().url().equals(webhookUrl()));
    ilya.send("2");
    await("a failed delivery", () -> info().lastErrorDate() != null);
    assertTrue(bot.execute(new DeleteWebhook()).isOk());
    assertEquals(1, bot.execute(new GetUpdates()).updates().size(), "what waited is kept");
    assertEquals("", info().url());
  }

  @Test
  void aBodyThatNamesAMethodIsExecuted() {
    var ilya = telegram.client().newPerson("Илья", "");
    answer =
        (update, exchange) -> {
          var body =
              "{\"method\":\"sendMessage\",\"chat_id\":%d,\"text\":\"spoken by the answer\"}"
                  .formatted(update.chat())
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
        };
    set("secret_1");
    ilya.send("1");
    ilya.awaitMessage("spoken by the answer");
    assertEquals(1, telegram.sandbox().world().calls().count("webhook answer: sendmessage"));
  }

  @Test
  void whatIsAcceptedMayComeTwiceAndAnAnswerMayBeLost() {
    var ilya = telegram.client().newPerson("Илья", "");
    set("secret_1");
    telegram.client().faults(Map.of("webhook_duplicate_percent", 100, "webhook_shuffle", true));
    ilya.send("1");
    await("it", () -> info().pendingUpdateCount() == 0);
    assertEquals(List.of("1", "1"), texts(ilya.id()));
    telegram
        .client()
        .faults(Map.of("methods", List.of(Map.of("method", "webhook", "drop", true, "times", 1))));
    ilya.send("2");
    await("it", () -> info().pendingUpdateCount() == 0);
    assertEquals(List.of("1", "1", "2", "2"), texts(ilya.id()));
  }

  @Test
  void telegramTakesNoSuchAddress() {
    Map.of(
            "http://propusk.example.org/hook", "An HTTPS URL must be provided",
            "https://propusk.example.org:9443/hook", "only on ports",
            "propusk.example.org", "invalid webhook URL",
            "not an address", "invalid webhook URL")
        .forEach((url, why) -> {
          var refused = bot.execute(new SetWebhook().url(url));
          assertEquals(400, refused.errorCode());
          assertTrue(refused.description().contains(why), refused.description());
        });
  }

  @Test
  void telegramTakesNoOddSecretAndOneWebhookASecond() {
    assertEquals(400, set("with space").errorCode());
    assertTrue(set("secret_1").isOk());
    assertEquals(429, set("secret_2").errorCode());
  }

  private com.pengrad.telegrambot.response.BaseResponse set(String secret) {
    return bot.execute(new SetWebhook().url(webhookUrl()).secretToken(secret));
  }

  private void meddle(Map<String, String> how) {
    telegram.client().post("/sandbox/bots/propusk_bot/webhook", how);
  }

  private WebhookInfo info() {
    return bot.execute(new GetWebhookInfo()).webhookInfo();
  }

  private String webhookUrl() {
    return "http://127.0.0.1:" + webhook.getAddress().getPort() + "/hook";
  }

  private List<String> texts(long chat) {
    return brought.stream().filter(each -> each.chat() == chat).map(Brought::text).toList();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode json = BotApiJson.MAPPER.readTree(exchange.getRequestBody().readAllBytes());
      var message = json.path("message");
      var update =
          new Brought(
              json.path("update_id").asLong(),
              message.path("chat").path("id").asLong(),
              message.path("text").asString(),
              Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(SECRET_HEADER), ""));
      brought.add(update);
      answer.to(update, exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void await(String what, BooleanSupplier condition) {
    var deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not in time: " + what);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }
}
