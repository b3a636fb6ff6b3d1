package propusk.app.story;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.URLDecoder;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import propusk.domain.account.PersonName;
import propusk.domain.organization.Slug;
import propusk.miniapp.browser.Chromium;
import propusk.miniapp.browser.QrReader;
import propusk.sandbox.person.SandboxMessage;
import propusk.sandbox.person.SandboxPerson;

/// Seed 000, «Тестирование»: the window to sign in on our first page and on a page of another site,
/// and Telegram's Login Widget, by a real browser and the sandbox's chat.
class SiteStoryTest {
  private static final String WAITS = "Ждём вас в боте";
  private static final String OPENED = "Бот открыт, ждём вашего «да»";

  /// What somebody may call themselves: Telegram takes 64 characters of nearly any kind.
  private static final List<String> NAMES =
      List.of(
          "<img src=x onerror=alert(1)>",
          "\"'></b></h1></title><script>alert(1)</script>",
          "<svg/onload=alert(1)>{{7*7}}${7*7}&lt;b&gt;",
          "\u202Egnp.exe\u2066 \u200Fevil",
          "null",
          "a\u0000b\u0007\u001B[31m\r\nSet-Cookie: x=1",
          "\u3164",
          "W".repeat(64),
          "Ж\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308".repeat(7),
          "👩‍👩‍👧‍👦🏳️‍🌈".repeat(3),
          "محمد بن عبد الله");

  private static OtherSite shop;
  private static OtherSite rival;
  private static Town town;
  private static Chromium chromium;

  @BeforeAll
  static void start() {
    shop = new OtherSite("shop");
    rival = new OtherSite("rival");
    var origins = shop.origin() + "," + rival.origin();
    town = Town.startWithoutWorker(Map.of("PROPUSK_ALLOWED_ORIGINS", origins));
    chromium = new Chromium();
    var desk = town.clubs();
    for (var site : List.of(shop, rival)) {
      var organization =
          desk.createOrganization(
              new Slug(site.organization()), "Магазин", ZoneId.of("Europe/Moscow"));
      site.trusts(town.baseUrl(), desk.createKey(organization, "site").secret());
    }
  }

  @AfterAll
  static void end() {
    chromium.close();
    town.close();
    shop.close();
    rival.close();
  }

  @AfterEach
  void forgetLimits() {
    town.rows().forgetLimits();
  }

  @Test
  void theWindowOnOurFirstPageClosesByItselfOnceTheNumberIsPicked() {
    var ilya = town.person("Илья");
    try (var page = SitePage.wide(town, chromium)) {
      var link = begun(page.open("/"));
      assertEquals(Optional.of(link), QrReader.read(page.screenshot()));
      assertEquals(3, page.count("dialog li"));
      page.reload();
      page.says("#state", WAITS);
      assertEquals(link, page.attribute("dialog a.main", "href"), "it goes on with the same code");
      var tab = page.tab();
      assertNotEquals(link, begun(tab.open("/")), "each tab has a code of its own");
      var asked = follow(ilya, page);
      page.says("#state", OPENED);
      tab.says("#state", WAITS);
      ilya.tap(asked, page.text("#number b"));
      page.says("#toast", "Готово, вы вошли как Илья.");
      page.gone("dialog");
      page.says("#front-in", "Вы вошли как Илья");
      assertTrue(page.hasCookie("__Host-session"));
      tab.says("#front-in", "Вы вошли как Илья");
      tab.gone("dialog");
      page.open("/dashboard");
      page.says("h1", "Здравствуйте, Илья");
      page.back();
      page.says("#front-in", "Вы вошли как Илья");
      page.gone("dialog");
      page.reload();
      page.says("#front-in", "Вы вошли как Илья");
      page.gone("dialog");
      assertEquals(1, sessions(ilya));
      for (var each : List.of(page, tab)) {
        assertEquals(List.of(), each.complaints());
      }
    }
  }

  @Test
  void theWindowOutlivesSleepAndSaysHowASignInEnded() {
    var ilya = town.person("Илья");
    try (var page = SitePage.wide(town, chromium)) {
      var first = begun(page.open("/"));
      page.offlineWhile(() -> page.says("#state", "Нет связи с сайтом"));
      page.says("#state", WAITS);

      // Asked and refused while the laptop slept.
      page.asleepWhile(() -> ilya.tap(follow(ilya, first), "🚫 Это не я"));
      page.says("dialog h2", "Вход отклонён");
      page.says("#safe", "В аккаунт никто не вошёл");
      page.press("Получить новый код");
      page.says("#state", WAITS);
      var second = page.attribute("dialog a.main", "href");
      assertNotEquals(first, second);

      var asked = follow(ilya, page);
      page.says("#state", OPENED);
      ilya.tap(asked, another(asked, page.text("#number b")));
      page.says("dialog h2", "Выбрано другое число");

      page.press("Получить новый код");
      page.says("#state", WAITS);
      endSoon();
      page.says("dialog h2", "Код истёк");

      page.press("Получить новый код");
      page.says("#state", WAITS);
      follow(ilya, page);
      page.says("#state", OPENED);
      endSoon();
      page.says("dialog h2", "Ответа не было");

      // Closed and opened again: the same code.
      page.press("Получить новый код");
      page.says("#state", WAITS);
      var last = page.attribute("dialog a.main", "href");
      page.click("#x");
      page.gone("dialog");
      assertEquals(last, begun(page));
      assertEquals(0, sessions(ilya));
      assertEquals(List.of(), page.complaints());
    }
  }

  @Test
  void aPageOfAnotherSiteEndsWithACodeThatItsBackendExchangesOnce() {
    var ilya = town.person("Илья");
    var stolen = new ArrayList<Integer>();
    shop.isRobbedBy(code -> {
      stolen.add(rival.exchange(code, rival.origin()).statusCode());
      stolen.add(rival.exchange(code, shop.origin()).statusCode());
      stolen.add(shop.exchange(code, rival.origin()).statusCode());
    });
    try (var page = SitePage.wide(town, chromium)) {
      page.open(shop.origin());
      page.click("#own");
      page.says("#state", WAITS);
      page.click("#x");
      page.gone("dialog");
      begun(page);
      page.reload();
      page.says("#state", WAITS);
      ilya.tap(follow(ilya, page), page.text("#number b"));
      page.says("#toast", "Готово, вы вошли как Илья.");
      page.gone("dialog");
      page.says("#who", ilya.id() + " Илья");
      assertFalse(page.hasCookie("__Host-session"), "nobody is signed in at ours by it");
      assertEquals(List.of(401, 401, 401), stolen);
      var code = shop.codes().getLast();
      assertEquals(401, shop.exchange(code, shop.origin()).statusCode(), "once");
      assertTrue(page.addresses().stream().noneMatch(address -> address.contains(code)));
      assertEquals(List.of(), page.complaints());
    }
  }

  /// The promise of `propusk.signIn()` ends either way.
  @Test
  void whoeverAskedForTheWindowHearsThatItWasClosedOrWhoCameIn() {
    var ilya = town.person("Илья");
    try (var page = SitePage.wide(town, chromium)) {
      page.open(shop.origin());
      page.click("#own");
      page.says("#state", WAITS);
      page.click("#x");
      page.says("#promised", "nobody");
      page.click("#own");
      page.says("#state", WAITS);
      ilya.tap(follow(ilya, page), page.text("#number b"));
      page.says("#promised", "Илья");
      assertEquals(List.of(), page.complaints());
    }
  }

  @Test
  void whoLetsTheSiteKnowAtTelegramIsSignedInByTheLoginWidget() {
    var anna = town.person("Анна-Мария");
    try (var page = SitePage.wide(town, chromium)) {
      begun(page.open("/"));
      page.click("dialog a[href^='/auth/widget/start']");
      page.says("h1", town.baseUrl().getAuthority());
      assertTrue(page.address().startsWith(town.sandboxUrl() + "/auth?"), page.address());
      page.press("Анна-Мария");
      page.says("#front-in", "Вы вошли как Анна-Мария");
      page.gone("dialog");
      assertEquals(town.baseUrl().resolve("/").toString(), page.address());
      assertTrue(page.hasCookie("__Host-session"));
      assertFalse(page.hasCookie("__Host-widget"));
      // Whatever lies behind, nothing there says that something is wrong, or enters again.
      page.back();
      page.says("#front-in", "Вы вошли как Анна-Мария");
      assertEquals(1, sessions(anna), "what Telegram brought counts once");
      assertTrue(
          page.addresses().stream().noneMatch(address -> address.contains("hash=")),
          "what Telegram signed is in no address that we are asked for");
      assertEquals(List.of(), page.complaints());
    }
  }

  /// T7, T9: nobody signed it; it is too old; it was meant for another browser; it was used.
  @Test
  void aResultThatIsForgedOldUsedOrAnotherBrowsersSignsNobodyIn() {
    var vera = town.person("Вера");
    try (var page = SitePage.wide(town, chromium);
        var other = SitePage.wide(town, chromium)) {
      page.open("/auth/widget/start?redirect=/");
      page.says("h1", town.baseUrl().getAuthority());
      var asked = query(page.address());
      var returnTo = asked.getOrDefault("return_to", "");
      var fields =
          Map.of(
              "bot", asked.getOrDefault("bot_id", ""),
              "origin", asked.getOrDefault("origin", ""),
              "return_to", returnTo);
      page.open(
          returnTo
              + "&id=%d&first_name=Mallory&auth_date=1900000000&hash=%s"
                  .formatted(vera.id(), "0".repeat(64)));
      page.says("h1", "Подпись Telegram не сошлась или устарела");
      page.open(vera.letIn(fields, 600));
      page.says("h1", "Подпись Telegram не сошлась или устарела");
      var good = vera.letIn(fields, 0);
      other.open(good);
      other.says("h1", "Этот вход уже не действует");
      assertFalse(page.hasCookie("__Host-session") || other.hasCookie("__Host-session"));
      assertEquals(0, sessions(vera));
      page.open(good);
      page.says("#front-in", "Вы вошли как Вера");
      other.open(good);
      other.says("h1", "Этот вход уже не действует");
      assertEquals(1, sessions(vera));
    }
  }

  /// T22: what people call themselves is text wherever it is shown, and breaks no page.
  @Test
  void hostileNamesAreTextOnEveryPageThatShowsThem() {
    var mallory = town.person(NAMES.getFirst());
    try (var page = new SitePage(town, chromium)) {
      for (var site : List.of(shop.origin(), "/")) {
        begun(page.open(site));
        mallory.tap(follow(mallory, page), page.text("#number b"));
        page.says("#toast", NAMES.getFirst());
        page.gone("dialog");
      }
      page.open("/register");
      page.type("#name", NAMES.getFirst());
      page.press("Начать регистрацию");
      page.says(".lead", "Рады знакомству, " + NAMES.getFirst());
      mallory.send("/start " + page.botParameter());
      mallory.awaitMessage("👋 " + NAMES.getFirst() + " регистрируется на");
      plain(page, "registering");
      page.open("/auth/widget/start?redirect=/");
      page.says("button >> nth=-1", "Войти как");
      page.press(NAMES.getFirst());
      Await.until("the menu button", () -> mallory.openMenu().isPresent());
      for (var name : NAMES) {
        mallory.rename(name, name);
        mallory.send("/start");
        mallory.awaitMessage("Здравствуйте");
        var shown = PersonName.shown(name);
        var first = shown.orElse("id " + mallory.id());
        var whole = shown.map(last -> first + " " + last).orElse(first);
        for (var path : List.of("/", "/dashboard", "/account/delete")) {
          page.open(path);
          plain(page, name + " on " + path);
        }
        page.open("/");
        assertEquals(first, page.text("#front-name"));
        page.open(mallory.openMenu().orElseThrow());
        assertEquals(whole, page.text(".who b"));
        plain(page, name + " in the Mini App");
      }
      assertEquals(List.of(), page.complaints());
    }
  }

  private static void plain(SitePage page, String what) {
    assertEquals(0, page.count("img[onerror], svg[onload], script:not([src]):not([type])"), what);
    assertEquals(List.of(), page.outside(), what);
  }

  /// The link of a window that was opened by its button.
  private static String begun(SitePage page) {
    page.click("[data-propusk-signin]");
    page.says("#state", WAITS);
    return page.attribute("dialog a.main", "href");
  }

  private static SandboxMessage follow(SandboxPerson person, SitePage page) {
    return follow(person, page.attribute("dialog a.main", "href"));
  }

  /// What the person's Telegram does with the link that the window shows.
  private static SandboxMessage follow(SandboxPerson person, String link) {
    var start = link.substring(link.indexOf("?start=") + 7);
    assertTrue(start.startsWith("auth_"), start);
    person.send("/start " + start);
    return person.awaitMessage("🔐 Кто-то входит на");
  }

  private static String another(SandboxMessage asked, String number) {
    return asked.buttons().stream()
        .flatMap(List::stream)
        .map(SandboxMessage.SandboxButton::text)
        .filter(text -> text.matches("\\d+") && !text.equals(number))
        .findFirst()
        .orElseThrow();
  }

  private static void endSoon() {
    town.jdbi()
        .useHandle(
            handle -> handle.execute("UPDATE sign_in SET deadline = now() WHERE ended_at IS NULL"));
  }

  private static Map<String, String> query(String address) {
    var fields = new TreeMap<String, String>();
    Arrays.stream(URI.create(address).getRawQuery().split("&"))
        .map(field -> field.split("=", 2))
        .forEach(field -> fields.put(field[0], URLDecoder.decode(field[1], UTF_8)));
    return fields;
  }

  private static long sessions(SandboxPerson person) {
    return town.rows()
        .count(
            "SELECT count(*) FROM web_session s JOIN account a ON a.id = s.account_id"
                + " WHERE s.revoked_at IS NULL AND a.telegram_id = "
                + person.id());
  }
}
