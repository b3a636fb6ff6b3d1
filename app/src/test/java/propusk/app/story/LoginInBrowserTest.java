package propusk.app.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import propusk.miniapp.browser.Chromium;
import propusk.sandbox.person.SandboxPerson;
import propusk.sandbox.person.SandboxRefusal;

/// The main job and the ways it can go, by a real browser, the real TDLib and a worker process.
class LoginInBrowserTest {
  private static Town town;
  private static Chromium chromium;

  @BeforeAll
  static void start() {
    town = Town.start();
    chromium = new Chromium();
  }

  @AfterAll
  static void end() {
    chromium.close();
    town.close();
  }

  @AfterEach
  void nothingGoesWrongAnyMore() {
    town.telegram().noFaults();
  }

  @Test
  void anInviteAScanAndTheSubscriptionIsActive() throws InterruptedException {
    var ilya = town.person("Илья");
    try (var page = LoginPage.open(chromium, ilya, town.invite("premium", 1))) {
      var link = page.scannedFromScreen();
      assertTrue(link.startsWith("tg://login?token="), link);

      ilya.scan(link);

      page.says("#done-title", "Авторизация успешна!");
      page.says("#issued-plan", "Premium");
      page.closesItself();
      assertEquals(List.of(), page.app().complaints());
    }
    ilya.awaitMessage("Авторизация успешна!");
    ilya.send("/subscription");
    var subscription = ilya.awaitMessage("Ваша подписка").text();
    for (var words :
        List.of(
            "Premium",
            "✅ Активна",
            "Каналов: 50",
            "Постов/день: 1000",
            "RAG запросов/день: 1000",
            "AI дайджесты: ✅")) {
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
        town.rows().userRow(ilya));
    assertEquals(ilya.id(), town.answersOnTheSavedSession(ilya));
  }

  @Test
  void aRefreshedCodeReplacesTheOldOneWhichIsRefusedAndTheNewOneWorks() {
    town.telegram().faults(Map.of("login_token_seconds", 4));
    var ilya = town.person("Илья");
    try (var page = LoginPage.open(chromium, ilya, town.invite("premium", 1))) {
      var first = page.scannedFromScreen();
      var second = page.scannedFromScreen(first);
      assertNotEquals(first, second);
      var refusal = assertThrows(SandboxRefusal.class, () -> ilya.scan(first));
      assertEquals("old_code", refusal.code());
      // The second may be a few seconds old by now: long enough for what comes next.
      town.telegram().noFaults();
      ilya.scan(page.scannedFromScreen(second));
      page.says("#done-title", "Авторизация успешна!");
    }
  }

  @Test
  void anotherAccountThatScansIsLoggedOutAndBothAreTold() {
    var ilya = town.person("Илья");
    var anna = town.person("Анна");
    anna.send("/start");
    anna.awaitMessage("");
    var invite = town.invite("premium", 1);
    try (var page = LoginPage.open(chromium, ilya, invite)) {
      anna.scan(page.scannedFromScreen());
      page.says("#end-title", "Код отсканировал другой аккаунт");
    }
    ilya.awaitMessage("другой аккаунт");
    anna.awaitMessage("Мы сразу завершили этот сеанс");
    Await.until("Anna's session to be gone", () -> anna.sessions().isEmpty());
    assertEquals(List.of(), ilya.sessions());
    assertEquals(
        0,
        town.rows()
            .count(
                "SELECT count(*) FROM telegram_session WHERE telegram_id IN (%d, %d)"
                    .formatted(ilya.id(), anna.id())));

    // The invite is free again, and Ilya himself may use it.
    connect(ilya, invite);
  }

  @Test
  void aPageThatTimedOutSaysSoAndKeepsTheInvite() {
    var ilya = town.person("Илья");
    var invite = town.invite("premium", 1);
    try (var page = LoginPage.open(chromium, ilya, invite)) {
      page.scannedFromScreen();
      town.rows().timePasses(page.loginId());
      page.says("#end-title", "Время страницы вышло");
    }
    ilya.awaitMessage("ремя");
    connect(ilya, invite);
  }

  @Test
  void aSecondLoginEndsTheFirst() {
    var ilya = town.person("Илья");
    var invite = town.invite("premium", 1);
    try (var first = LoginPage.open(chromium, ilya, invite)) {
      first.scannedFromScreen();
      try (var second = LoginPage.open(chromium, ilya, invite)) {
        first.says("#end-title", "Открыта новая страница");
        ilya.scan(second.scannedFromScreen());
        second.says("#done-title", "Авторизация успешна!");
      }
    }
    assertEquals(1, ilya.sessions().size());
  }

  @Test
  void everyInviteThatCannotBeUsedHasItsOwnWords() {
    var ilya = town.person("Илья");
    ilya.send("/login AAAAAAAAAAAA");
    ilya.awaitMessage("Такого инвайт кода нет");

    var used = town.invite("premium", 1);
    connect(town.person("Анна"), used);
    ilya.send("/login " + used);
    ilya.awaitMessage("Код уже использован");

    var old = town.invite("premium", 1);
    town.rows().expire(old);
    ilya.send("/login " + old);
    ilya.awaitMessage("Срок кода истёк");
  }

  @Test
  void aWorkerKilledWhileTheCodeIsShownLosesNothing() {
    var ilya = town.person("Илья");
    try (var page = LoginPage.open(chromium, ilya, town.invite("premium", 1))) {
      var link = page.scannedFromScreen();
      town.killWorker();
      ilya.scan(link);
      page.says("#done-title", "Авторизация успешна!");
    }
    assertEquals(1, ilya.sessions().size());
  }

  @Test
  void aScanThatLandsWhileNoWorkerLivesIsFinished() {
    // Telegram's client asks again when the token ends: a short one, so that nobody waits.
    town.telegram().faults(Map.of("login_token_seconds", 8));
    var ilya = town.person("Илья");
    try (var page = LoginPage.open(chromium, ilya, town.invite("premium", 1))) {
      var link = page.scannedFromScreen();
      town.withFrozenWorker(() -> {
        ilya.scan(link);
        town.killWorker();
      });
      page.says("#done-title", "Авторизация успешна!");
    }
    assertEquals(1, ilya.sessions().size());
    assertEquals(Map.of("live", 1L), town.rows().sessionStates(ilya));
  }

  @Test
  void aWorkerKilledInTheFinalizingTransactionIsReplacedByOneThatFinishes() {
    var ilya = town.person("Илья");
    try (var page = LoginPage.open(chromium, ilya, town.invite("premium", 1))) {
      var link = page.scannedFromScreen();
      town.rows()
          .whileInvitesAreLocked(() -> {
            ilya.scan(link);
            town.rows().awaitPhase(page.loginId(), "finalizing");
            town.killWorker();
          });
      page.says("#done-title", "Авторизация успешна!");
    }
    assertEquals(1, ilya.sessions().size());
    assertEquals(Map.of("live", 1L), town.rows().sessionStates(ilya));
    assertEquals(
        1,
        town.rows()
            .count(
                "SELECT count(*) FROM invite_redemption r JOIN account a ON a.id = r.account_id WHERE a.telegram_id = "
                    + ilya.id()));
  }

  private static void connect(SandboxPerson person, String invite) {
    try (var page = LoginPage.open(chromium, person, invite)) {
      person.scan(page.scannedFromScreen());
      page.says("#done-title", "Авторизация успешна!");
    }
  }
}
