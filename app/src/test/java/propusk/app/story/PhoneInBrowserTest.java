package propusk.app.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import propusk.miniapp.browser.Chromium;
import propusk.sandbox.person.SandboxPerson;

/// The way in by phone and code and the ways it can go, by a real browser, the real TDLib and a
/// worker process.
class PhoneInBrowserTest {
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
    // Everybody here comes from one address.
    town.rows().forgetLimits();
  }

  @Test
  void numberAndCodeLeadToTheDashboardAndTheSessionLastsUntilLogOut() {
    var vera = town.person("Вера");
    try (var page = new SitePage(town, chromium)) {
      page.askForCode(phone(vera));
      page.reload();
      page.says("h1", "Введите код из Telegram");
      var code = vera.awaitLoginCode();
      page.typeCode(code);
      page.says("h1", "Здравствуйте, Вера");
      page.says(".board-plan", "Подписки нет");
      page.says(".chip-ok", "На связи");
      page.reload();
      page.says("h1", "Здравствуйте, Вера");
      page.back();
      page.says("h1", "Здравствуйте, Вера");
      page.press("Выйти");
      page.says("h1", "Вход");
      assertFalse(page.hasCookie("__Host-session"));
      page.open("/dashboard");
      page.says("h1", "Вход");
      assertEquals(List.of(), page.complaints());
      for (var address : page.addresses()) {
        assertFalse(address.contains(code) || address.contains(vera.phone()), address);
      }
    }
    assertEquals(Map.of("live", 1L), town.rows().sessionStates(vera));
    assertEquals(0, town.rows().mentions(vera.phone()), "the number is in no clear row");
  }

  @Test
  void aWrongCodeIsSaidAndTheRightOneStillWorks() {
    var vera = town.person("Вера");
    try (var page = new SitePage(town, chromium)) {
      page.askForCode(phone(vera));
      var code = vera.awaitLoginCode();
      page.typeCode(other(code));
      page.says("#wrong", "Код не подошёл. Осталось 2\u00a0попытки из 3.");
      page.typeCode(code);
      page.says("h1", "Здравствуйте, Вера");
    }
  }

  @Test
  void aTwoStepPasswordIsAskedForWithItsHintAndAWrongOneIsSaid() {
    var vera = town.person("Вера");
    vera.setPassword("canary-password", "кличка + год");
    try (var page = new SitePage(town, chromium)) {
      page.askForCode(phone(vera));
      page.typeCode(vera.awaitLoginCode());
      page.says("h1", "Облачный пароль Telegram");
      page.says(".lead", "кличка + год");
      page.typePassword("not it");
      page.says("#wrong", "Пароль не подошёл. Осталось 2\u00a0попытки из 3.");
      page.typePassword("canary-password");
      page.says("h1", "Здравствуйте, Вера");
      assertEquals(List.of(), page.complaints());
    }
    assertEquals(0, town.rows().mentions("canary-password"));
    assertFalse(town.workerLog().contains("canary-password"));
    assertFalse(town.workerLog().contains(vera.phone()));
  }

  @Test
  void threeWrongCodesEndItAndANewCodeCanBeAsked() {
    var vera = town.person("Вера");
    try (var page = new SitePage(town, chromium)) {
      page.askForCode(phone(vera));
      var code = vera.awaitLoginCode();
      page.typeCode(other(code));
      page.says("#wrong", "Осталось 2\u00a0попытки");
      page.typeCode(other(code));
      page.says("#wrong", "Осталась 1\u00a0попытка");
      page.typeCode(other(code));
      page.says("h1", "Код не подошёл три раза");
      page.press("Начать заново");
      page.askForCode(phone(vera));
      page.typeCode(vera.awaitLoginCode());
      page.says("h1", "Здравствуйте, Вера");
    }
  }

  @Test
  void anUnknownNumberAndABannedOneAreSaid() {
    var vera = town.person("Вера");
    vera.setStanding("banned");
    try (var page = new SitePage(town, chromium)) {
      page.giveNumber(phone(vera));
      page.says("h1", "Telegram заблокировал этот номер");
      page.says(".panel", "recover@telegram.org");
    }
    try (var page = new SitePage(town, chromium)) {
      page.giveNumber("+7 999 000-00-01");
      // Telegram tells only after the code whether the number is anybody's.
      page.says("h1", "Введите код из Telegram");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "420, FLOOD_WAIT_600, Telegram просит подождать до",
    "400, PHONE_NUMBER_INVALID, Telegram не принимает этот номер",
    "400, PHONE_NUMBER_FLOOD, На этот номер запросили слишком много кодов",
    "400, API_ID_INVALID, Неполадка на нашей стороне"
  })
  void whatTelegramRefusesIsSaidInItsOwnWords(int code, String text, String title) {
    town.telegram()
        .faults(
            Map.of(
                "methods", List.of(Map.of("method", "auth.sendCode", "code", code, "text", text))));
    var vera = town.person("Вера");
    try (var page = new SitePage(town, chromium)) {
      page.giveNumber(phone(vera));
      page.says("h1", title);
      page.says(".ticks", "Ничего не подключено и не сохранено");
      page.says("div.list", "Что сделать");
      assertEquals(List.of(), page.complaints());
    }
  }

  @Test
  void anExpiredCodeIsSaid() {
    town.telegram()
        .faults(
            Map.of(
                "methods",
                List.of(
                    Map.of("method", "auth.signIn", "code", 400, "text", "PHONE_CODE_EXPIRED"))));
    var vera = town.person("Вера");
    try (var page = new SitePage(town, chromium)) {
      page.askForCode(phone(vera));
      page.typeCode(vera.awaitLoginCode());
      page.says("h1", "Код устарел");
    }
  }

  @Test
  void anotherBrowserWithTheSameNumberAndCodeGetsNothing() {
    var vera = town.person("Вера");
    try (var page = new SitePage(town, chromium);
        var thief = new SitePage(town, chromium)) {
      thief.askForCode(phone(vera));
      vera.awaitLoginCode();
      page.askForCode(phone(vera));
      var code = vera.awaitLoginCode();
      thief.typeCode(code);
      thief.says("h1", "Код устарел");
      page.typeCode(code);
      page.says("h1", "Здравствуйте, Вера");
      thief.open("/dashboard");
      thief.says("h1", "Вход");
      assertFalse(thief.hasCookie("__Host-session"));
    }
  }

  @Test
  void aLostAnswerLetsTheSameBrowserInAfterAll() {
    var vera = town.person("Вера");
    try (var page = new SitePage(town, chromium)) {
      page.askForCode(phone(vera));
      var code = vera.awaitLoginCode();
      town.withFrozenWorker(() -> {
        page.sendCodeWithoutWaiting(code);
        Await.until(
            "the code with the server",
            () -> town.rows().count("SELECT count(*) FROM login_secret WHERE kind = 'code'") == 1);
        page.leave();
      });
      Await.until("the login", () -> town.rows().sessionStates(vera).containsKey("live"));
      page.open("/login/phone");
      page.says("h1", "Готово");
      page.press("Открыть кабинет");
      page.says("h1", "Здравствуйте, Вера");
    }
  }

  private static String phone(SandboxPerson person) {
    return "+" + person.phone();
  }

  /// A code of the same form that is another one.
  private static String other(String code) {
    char last = code.charAt(code.length() - 1);
    return code.substring(0, code.length() - 1) + (last == '0' ? '1' : '0');
  }
}
