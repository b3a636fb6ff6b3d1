package propusk.bot.watchdog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import propusk.bot.BotFixture;
import propusk.sandbox.person.SandboxMessage;

/// The bot never goes deaf: what others do to its webhook is seen and undone, and nothing is lost.
class WatchdogStoryTest {
  private WebhookWorld world;

  @BeforeEach
  void open() {
    world = new WebhookWorld();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void atStartTheWebhookIsSetPeopleAreAnsweredThroughItAndAHealthyOneIsLeftAlone() {
    var ilya = world.bot.person("ru");
    ilya.send("/start");
    world.start();
    ilya.awaitMessage("Здравствуйте");
    var info = world.telegramSide();
    assertEquals(world.url + "/telegram/webhook/" + WebhookWorld.BOT, info.path("url").asString());
    assertTrue(info.path("has_secret").asBoolean());
    assertEquals(3, info.path("allowed_updates").size());
    for (int n = 0; n < 3; n++) {
      var look = world.lookNow();
      assertEquals(0, look.getAsJsonArray("findings").size(), look.toString());
      assertEquals("none", look.get("did").getAsString());
    }
    assertEquals(1, world.calls("setWebhook"));
    assertEquals(0, world.bot.count("SELECT count(*) FROM alert"));
    assertEquals(
        3, world.bot.count("SELECT count(*) FROM webhook_check WHERE occasion = 'request'"));
  }

  @Test
  void aStolenWebhookIsTakenBackItsUpdatesComeAndTheAdminIsToldOnce() {
    var ilya = world.bot.person("ru");
    world.start();
    awaitSet();
    world.meddle("steal");
    ilya.send("/start");
    BotFixture.await("a failure elsewhere", () -> world.telegramSide().has("last_error_date"));
    assertFinds(world.lookNow(), "elsewhere", "set");
    ilya.awaitMessage("Здравствуйте");
    world.admin.awaitMessage("Somebody else changed the webhook");
    world.bot.advance(Duration.ofMinutes(5));
    world.meddle("steal");
    BotFixture.await("a setWebhook is allowed again", () -> found(world.lookNow(), "elsewhere"));
    assertEquals(1, told(), "one incident, one message");
    assertEquals(2, world.bot.count("SELECT seen FROM alert"));
    assertEquals(
        0,
        world.bot.count("SELECT count(*) FROM webhook_check WHERE address LIKE '%elsewhere%'"),
        "a stranger's path is not kept");
  }

  @Test
  void anErasedSecretIsKnownByThoseOurDoorTurnedAwayAndToldAgain() {
    var ilya = world.bot.person("ru");
    world.start();
    awaitSet();
    world.meddle("erase_secret");
    ilya.send("/start");
    BotFixture.await("401 at the door", () -> world.telegramSide().has("last_error_date"));
    assertEquals(0, world.bot.count("SELECT count(*) FROM inbox WHERE chat_id = " + ilya.id()));
    assertFinds(world.lookNow(), "secret_erased", "set");
    assertTrue(world.telegramSide().path("has_secret").asBoolean());
    ilya.awaitMessage("Здравствуйте");
    world.admin.awaitMessage("lost its secret");
  }

  @Test
  void errorsOldAndNewAreToldApartAndOnlyFailingOnesAreAnIncident() {
    var ilya = world.bot.person("ru");
    world.start();
    awaitSet();
    world.lookNow();
    fail(1);
    ilya.send("/start");
    ilya.awaitMessage("Здравствуйте");
    assertFinds(world.lookNow(), "hiccup", "none");
    world.bot.advance(Duration.ofMinutes(10));
    assertEquals(
        0, world.lookNow().getAsJsonArray("findings").size(), "Telegram tells it for ever");
    assertEquals(0, world.bot.count("SELECT count(*) FROM alert"));
    // The product's clock was moved, and Telegram's goes with it.
    world.bot.client.skip(Duration.ofMinutes(11));
    fail(1_000);
    ilya.send("/help");
    BotFixture.await(
        "it fails", () -> world.telegramSide().path("deliveries").path("failed").asInt() > 2);
    assertFinds(world.lookNow(), "failing", "set");
    world.bot.client.noFaults();
    ilya.awaitMessage("Что я умею");
    world.admin.awaitMessage("cannot bring the updates");
  }

  @Test
  void ofSeveralProcessesOneLooksAtATime() {
    world.start().start();
    awaitSet();
    var looks =
        IntStream.range(0, 6)
            .mapToObj(n ->
                CompletableFuture.supplyAsync(() ->
                    world.get(n % 2, CronRoute.PATH, "Bearer " + WebhookWorld.CRON).statusCode()))
            .toList();
    looks.forEach(look -> assertEquals(200, look.join()));
    assertEquals(1, world.calls("setWebhook"));
    world.meddle("steal");
    IntStream.range(0, 4)
        .mapToObj(n ->
            CompletableFuture.runAsync(
                () -> world.get(n % 2, CronRoute.PATH, "Bearer " + WebhookWorld.CRON)))
        .toList()
        .forEach(CompletableFuture::join);
    BotFixture.await(
        "it is taken back",
        () -> world.telegramSide().path("url").asString().startsWith(world.url));
    assertEquals(
        1, world.bot.count("SELECT count(*) FROM webhook_check WHERE findings = 'elsewhere'"));
  }

  @Test
  void whoHasNotTheCronSecretIsTurnedAwayAndNothingIsDone() {
    world.start();
    awaitSet();
    long before = world.bot.count("SELECT count(*) FROM webhook_check");
    for (var shown :
        List.of("", "Bearer ", "Bearer x", WebhookWorld.CRON, "Basic " + WebhookWorld.CRON)) {
      assertEquals(401, world.get(0, CronRoute.PATH, shown).statusCode(), shown);
    }
    assertEquals(before, world.bot.count("SELECT count(*) FROM webhook_check"));
  }

  @Test
  void whoPollsTakesAForeignWebhookAwayAndLosesNothing() {
    var ilya = world.bot.person("ru");
    world.meddle("steal");
    ilya.send("/start");
    world.bot.restartBot();
    ilya.awaitMessage("Здравствуйте");
    assertEquals("", world.telegramSide().path("url").asString());
    world.meddle("steal");
    ilya.send("/help");
    ilya.awaitMessage("Что я умею");
    assertTrue(world.calls("deleteWebhook") >= 2);
    world.bot.stopBot();
  }

  private void awaitSet() {
    BotFixture.await("the webhook", () -> world.calls("setWebhook") == 1);
    BotFixture.await(
        "the look is kept",
        () -> world.bot.count("SELECT count(*) FROM webhook_check WHERE action = 'set'") == 1);
  }

  private void fail(int times) {
    world.bot.client.faults(
        Map.of("methods", List.of(Map.of("method", "webhook", "code", 502, "times", times))));
  }

  private static boolean found(JsonObject look, String finding) {
    return look.getAsJsonArray("findings").toString().contains("\"" + finding + "\"");
  }

  private static void assertFinds(JsonObject look, String finding, String did) {
    assertTrue(found(look, finding), look.toString());
    assertEquals(did, look.get("did").getAsString(), look.toString());
    assertEquals("ok", look.get("outcome").getAsString(), look.toString());
    assertFalse(look.toString().contains("the-secret"), "no answer holds a secret");
  }

  private long told() {
    return world.admin.messages().stream()
        .filter(SandboxMessage::fromBot)
        .filter(message -> message.text().contains("Somebody else changed"))
        .count();
  }
}
