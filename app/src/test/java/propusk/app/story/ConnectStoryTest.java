package propusk.app.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The main job without a browser: invite, page, scan, subscription.
class ConnectStoryTest {
  private static Town town;

  @BeforeAll
  static void start() {
    town = Town.start();
  }

  @AfterAll
  static void end() {
    town.close();
  }

  @Test
  void aPersonWithAnInviteScansAndIsConnectedAndSubscribed() throws InterruptedException {
    var ilya = town.person("Илья");
    var page = town.openPage(ilya, town.invite("premium", 1));
    assertEquals(200, page.page().statusCode());
    assertEquals(200, page.open().statusCode());

    ilya.scan(page.link());

    page.await("completed");
    ilya.awaitMessage("Авторизация успешна!");
    ilya.send("/subscription");
    var subscription = ilya.awaitMessage("Ваша подписка").text();
    for (var words : new String[] {"Premium", "Активна", "50", "1000", "AI дайджесты: ✅"}) {
      assertTrue(subscription.contains(words), subscription);
    }
    assertEquals(
        Map.of(
            "telegram_id",
            ilya.id(),
            "first_name",
            "Илья",
            "is_authenticated",
            true,
            "subscription_type",
            "premium"),
        town.userRow(ilya));
    assertEquals(1, ilya.sessions().size());
    assertEquals(ilya.id(), town.answersOnTheSavedSession(ilya));
  }

  @Test
  void aHungWorkerIsEndedAndAnotherGoesOnWithItsLogin() {
    var anna = town.person("Анна");
    var page = town.openPage(anna, town.invite("premium", 1));
    assertEquals(200, page.open().statusCode());
    var first = page.link();

    town.hangWorker();

    anna.scan(
        Await.value(
            "a new QR",
            Duration.ofSeconds(60),
            () -> Optional.of(page.link()).filter(link -> !link.equals(first))));
    page.await("completed");
    anna.awaitMessage("Авторизация успешна!");
  }

  @Test
  void anUnknownLoginIsNotFound() {
    var page = new MiniApp(town.baseUrl() + "/qr-auth?session_id=test#tgWebAppData=x");
    assertEquals("{\"status\":\"not_found\"}", page.login().toString());
  }
}
