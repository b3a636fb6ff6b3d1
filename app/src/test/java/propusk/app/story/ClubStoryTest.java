package propusk.app.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import propusk.app.ClubDesk;
import propusk.domain.event.Event;
import propusk.domain.event.EventDraft;
import propusk.domain.organization.Organization;
import propusk.domain.organization.Slug;
import propusk.miniapp.browser.Chromium;
import propusk.sandbox.person.SandboxPerson;

/// Registering with a contact, and an event's page, as people do it: a real browser and the
/// sandbox's phone and chat.
class ClubStoryTest {
  private static Town town;
  private static Chromium chromium;
  private static ClubDesk desk;
  private static Organization shore;

  @BeforeAll
  static void start() {
    town = Town.start();
    chromium = new Chromium();
    desk = town.clubs();
    shore =
        desk.createOrganization(
            new Slug("north-shore"), "Клуб «Северный берег»", ZoneId.of("Europe/Moscow"));
  }

  @AfterAll
  static void end() {
    chromium.close();
    town.close();
  }

  @AfterEach
  void forgetLimits() {
    town.rows().forgetLimits();
  }

  /// Seed 001, «Тестирование».
  @Test
  void aNameAContactAndACodeFromTheChatRegisterAndThePageMovesOnByItself() {
    var ilya = town.person("Илья");
    try (var page = new SitePage(town, chromium)) {
      page.open("/register");
      page.says("h1", "Как вас зовут?");
      page.type("#name", "Test User");
      page.press("Начать регистрацию");
      page.says(".state", "Ожидаем ваш контакт");
      ilya.send("/start " + page.botParameter());
      var asked = ilya.awaitMessage("👋 Test User регистрируется на");
      page.says(".state", "Бот открыт, ждём контакт");
      ilya.forwardContact(ilya.id(), ilya.phone(), "Илья");
      ilya.awaitMessage("❌ Это чужой контакт");
      ilya.tap(asked, "📱 Поделиться контактом");
      page.says("h1", "Введите код из чата");
      var code =
          ilya.awaitMessage("🔑 Код для")
              .text()
              .replaceFirst("(?s).*: (\\d{3}) (\\d{3})\n.*", "$1$2");
      page.typeCode(code.equals("111111") ? "222222" : "111111");
      page.says("#wrong", "Код не подошёл. Осталось 4");
      page.reload();
      page.typeCode(code);
      page.says("h1", "Здравствуйте, Илья");
      assertTrue(page.hasCookie("__Host-session"));
      assertFalse(page.hasCookie("__Host-register"));
      assertEquals(List.of(), page.complaints());
      for (var address : page.addresses()) {
        assertFalse(address.contains(code), address);
      }
    }
    assertEquals(0, town.rows().mentions(ilya.phone()), "the number is in no clear row");
  }

  /// Seed 003, scenario 1 and section 5.
  @Test
  void theYesInTheBotOpensTheEventInTheBrowserThatWaitsAndTheLinkInAnother() {
    var event = event(40);
    var ilya = town.person("Илья");
    try (var page = new SitePage(town, chromium);
        var other = new SitePage(town, chromium)) {
      page.open(event.path());
      page.says("h1", "Ночная прогулка");
      page.says("#state", "Ждём вас в боте");
      var number = page.text(".event-number b");
      assertTrue(
          page.scanned().orElseThrow().endsWith("?start=" + page.botParameter()),
          "the camera opens the same link as the button");
      ilya.send("/start " + page.botParameter());
      var asked = ilya.awaitMessage("🔐 Кто-то входит на");
      page.says("#state", "Бот открыт, ждём вашего «да»");
      ilya.tap(asked, number);
      var said = ilya.awaitMessage("✅ Вы записаны: Ночная прогулка").text();
      page.says(".event-panel-title", "вы записаны");
      page.says(".event-facts", "Набережная, 5");

      other.open(said.substring(said.indexOf("/auth/magic/")).strip());
      other.says("h1", "Войти на сайт?");
      other.reload();
      other.press("Войти");
      other.says(".event-panel-title", "вы записаны");
      other.back();
      other.says(".event-panel-title", "вы записаны");
      page.unfold("Не сможете прийти?");
      page.press("Отдать место");
      page.says(".event-panel-title", "Место отдано");
      assertEquals(0, desk.event(event.publicId()).taken());
      page.press("Записаться снова");
      page.says(".event-panel-title", "вы записаны");
      assertEquals(List.of(), page.complaints());
    }
    assertEquals(1, desk.event(event.publicId()).taken());
  }

  @Test
  void aTypedCodeLeadsInTooAndSomebodyElsesNumberDoesNot() {
    var event = event(1);
    var ilya = town.person("Илья");
    var anna = town.person("Анна");
    try (var page = new SitePage(town, chromium)) {
      page.open(event.path());
      page.says("#state", "Ждём вас в боте");
      var code = page.text(".cells-shown").replaceAll("\\s", "");
      ilya.send(code.substring(0, 4).toLowerCase(Locale.ROOT) + " " + code.substring(4));
      ilya.awaitMessage("🔐 Кто-то входит на");
      anna.send(code);
      anna.awaitMessage("🔗 По этой ссылке уже пришёл другой человек");
      var wrong = Integer.parseInt(page.text(".event-number b"));
      var asked = ilya.awaitMessage("🔐 Кто-то входит на");
      ilya.tap(
          asked,
          other(
              asked.buttons().stream().flatMap(List::stream).map(it -> it.text()).toList(), wrong));
      page.says("#dead .state", "Выбрано другое число");
      page.press("Получить новый код");
      page.says("#state", "Ждём вас в боте");
      fill(event, anna);
      ilya.send("/start " + page.botParameter());
      ilya.tap(ilya.awaitMessage("🔐 Кто-то входит на"), page.text(".event-number b"));
      ilya.awaitMessage("✅ Вы вошли, но мест не осталось");
      page.says(".event-panel-title", "места нет");
      page.says(".note", "Все места заняты");
      assertEquals(List.of(), page.complaints());
    }
  }

  /// Seed 003, scenario 2.
  @Test
  void aCodeThatExpiredIsGreyedOutAndAnotherOneIsHadByPressing() {
    var event = event(40);
    try (var page = new SitePage(town, chromium)) {
      page.open(event.path());
      page.says("#state", "Ждём вас в боте");
      var first = page.text(".cells-shown");
      endSoon("2 seconds");
      page.reload();
      page.says("#pass-veil", "Код истёк");
      page.says("#state", "Ждём вас в боте");
      var second = page.text(".cells-shown");
      assertFalse(first.equals(second), "whoever looks gets another one by itself");
      page.leave();
      endSoon("0 seconds");
      page.open(event.path());
      page.says("#dead", "Код истёк");
      page.press("Получить новый код");
      page.says("#state", "Ждём вас в боте");
      assertFalse(second.equals(page.text(".cells-shown")), "another code");
      assertEquals(List.of(), page.complaints());
    }
  }

  private static void endSoon(String when) {
    town.jdbi()
        .useHandle(handle ->
            handle.execute(
                "UPDATE sign_in SET deadline = now() + interval '"
                    + when
                    + "' WHERE ended_at IS NULL"));
  }

  private static String other(List<String> choices, int number) {
    return choices.stream()
        .filter(text -> text.matches("\\d+") && Integer.parseInt(text) != number)
        .findFirst()
        .orElseThrow();
  }

  /// Somebody else takes the last place.
  private static void fill(Event event, SandboxPerson person) {
    try (var page = new SitePage(town, chromium)) {
      page.open(event.path());
      page.says("#state", "Ждём вас в боте");
      person.send("/start " + page.botParameter());
      person.tap(person.awaitMessage("🔐 Кто-то входит на"), page.text(".event-number b"));
      page.says(".event-panel-title", "вы записаны");
    }
  }

  private static Event event(int capacity) {
    return desk.createEvent(
        shore,
        new EventDraft(
            "Ночная прогулка",
            Instant.now().plus(Duration.ofDays(3)),
            Duration.ofHours(2),
            "Санкт-Петербург",
            "Набережная, 5",
            OptionalInt.of(capacity)));
  }
}
