package propusk.miniapp.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Route;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import propusk.domain.account.Account;
import propusk.domain.account.Language;
import propusk.domain.account.TelegramProfile;
import propusk.domain.account.TelegramUserId;
import propusk.domain.login.Failure;
import propusk.domain.login.Login;
import propusk.domain.login.LoginEvent;
import propusk.miniapp.MiniAppWorld;
import propusk.miniapp.browser.Launch.Theme;

/// What a person meets on the login page, in a real Chromium.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QrAuthBrowserTest {
  private static final Duration LIFE = Duration.ofSeconds(30);

  private final MiniAppWorld world = new MiniAppWorld();
  private final Chromium chromium = new Chromium();
  private Account ilya = world.ilya(Language.RU);
  private Login login = world.requested(ilya);
  private TelegramApp app = new TelegramApp(chromium.context(390, 844), true);

  @BeforeEach
  void ask() {
    ilya = world.ilya(Language.RU);
    login = world.requested(ilya);
    app.close();
    app = new TelegramApp(chromium.context(390, 844), true);
  }

  @AfterEach
  void nothingWentWrongInTheBrowser() {
    assertEquals(List.of(), app.complaints());
  }

  @AfterAll
  void close() {
    app.close();
    chromium.close();
    world.close();
  }

  @Test
  void theCodeOnTheScreenCanBeScannedAndIsSwappedWithoutAReload() {
    open("tdesktop");
    app.hears("web_app_ready");
    app.hears("web_app_expand");
    assertEquals("{\"is_visible\":true}", app.dataOf("web_app_setup_back_button"));
    var claim = world.claim();
    var first = world.link(claim, LIFE);
    app.see("#pass-code svg");
    assertEquals(Optional.of(first.value()), QrReader.read(app.screenshot()));
    app.page().evaluate("() => { window.sameDocument = true; }");
    var second = world.link(claim, LIFE);
    awaitCode(second.value());
    assertEquals(true, app.page().evaluate("() => window.sameDocument"));
    world.complete(claim, ilya);
    app.says("#view-completed h1", "Авторизация успешна!");
    assertEquals("Premium", app.text("#issued-plan"));
    assertEquals("1000", app.text("#issued-rag"));
    assertEquals("включены", app.text("#issued-digests"));
    app.hears("web_app_close");
  }

  @Test
  void everyModuleOfTheCodeIsAWholeNumberOfPixels() {
    for (int width : new int[] {320, 390, 640}) {
      try (var narrow = new TelegramApp(chromium.context(width, 844), true)) {
        narrow.open(launch("tdesktop").url(world.base, login));
        narrow.see("#view-scan");
        if (world.status(login, world.bearer(login, ilya)).path("qr").isMissingNode()) {
          world.link(world.claim(), LIFE);
        }
        var box = narrow.see("#pass-code svg").boundingBox();
        assertEquals(0, box.width % 45, width + ": " + box.width);
        assertTrue(QrReader.read(narrow.screenshot()).isPresent(), "readable at " + width);
        var overflow = "() => document.documentElement.scrollWidth > innerWidth";
        assertEquals(false, narrow.page().evaluate(overflow), "scrolls sideways at " + width);
      }
      world.domain.clock.advance(Duration.ofSeconds(1));
    }
  }

  @Test
  void aReloadWithoutTheHashComesBackWhereItWas() {
    open("tdesktop");
    world.link(world.claim(), LIFE);
    app.see("#pass-code svg");
    app.open("about:blank");
    app.open(world.base + "/qr-auth?session_id=" + login.id().value());
    app.see("#pass-code svg");
    assertEquals("Илья Козлов", app.text("#who-name"));
  }

  @Test
  void theBackButtonAsksBeforeItCancels() {
    open("tdesktop");
    app.tells("back_button_pressed", "{}");
    app.says("#ask", "Отменить подключение?");
    app.page().locator("#ask-no").click();
    assertFalse(app.page().locator("#ask").isVisible());
    app.tells("back_button_pressed", "{}");
    app.see("#ask-yes").click();
    app.says("#end-title", "Подключение отменено");
    app.says("#end-part", "Приглашение не потрачено");
    assertEquals("{\"is_visible\":false}", app.dataOf("web_app_setup_back_button"));
    assertEquals(
        "cancelled", world.status(login, world.bearer(login, ilya)).path("status").stringValue());
  }

  @Test
  void theTokenIsCopiedAndTheRowSaysSo() {
    app.page().context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
    open("tdesktop");
    var link = world.link(world.claim(), LIFE);
    app.see("#pass-code svg");
    app.page().locator("#row-copy").click();
    app.says("#row-copy", "Токен скопирован");
    app.says("#row-copy", "Действует ещё");
    assertEquals(link.value(), app.page().evaluate("() => navigator.clipboard.readText()"));
    app.says("#row-copy", "Скопировать токен");
  }

  @Test
  void whereCopyingIsRefusedTheTokenCanBeSelected() {
    app.page()
        .addInitScript(
            """
            Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject() } });
            document.execCommand = () => false;
            """);
    open("tdesktop");
    var link = world.link(world.claim(), LIFE);
    app.see("#pass-code svg");
    app.page().locator("#row-copy").click();
    app.says("#by-hand", "Выделите и скопируйте сами");
    assertEquals(link.value(), app.page().locator("#by-hand input").inputValue());
  }

  @Test
  void onAComputerTheDeepLinkIsALinkAndOnAPhoneItIsCopied() {
    app.page().context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
    open("android");
    var link = world.link(world.claim(), LIFE);
    app.see("#pass-code svg");
    app.says("#view-scan", "Откройте код на компьютере");
    app.page().locator("#row-open").click();
    app.says("#row-open", "Ссылка скопирована");
    assertEquals(link.value(), app.page().evaluate("() => navigator.clipboard.readText()"));
    try (var computer = new TelegramApp(chromium.context(390, 844), true)) {
      world.domain.clock.advance(Duration.ofSeconds(1));
      computer.open(launch("macos").url(world.base, login));
      computer.see("#pass-code svg");
      computer
          .page()
          .evaluate("() => document.addEventListener('click', event => event.preventDefault())");
      computer.page().locator("#row-open").click();
      assertEquals(link.value(), computer.page().locator("#row-open").getAttribute("href"));
    }
  }

  @Test
  void telegramsColoursAreFittedUntilTheyCanBeRead() {
    open("tdesktop");
    assertEquals("#007bb5", fitted("--fit-button"));
    app.tells(
        "theme_changed",
        """
        {"theme_params":{"bg_color":"#17212b","secondary_bg_color":"#232e3c","section_bg_color":"#17212b",
        "text_color":"#f5f5f5","button_color":"#5288c1","button_text_color":"#ffffff","accent_text_color":"#6ab2f2"}}\
        """);
    assertEquals("#4379b1", fitted("--fit-button"));
    assertEquals("dark", app.page().evaluate("() => document.documentElement.dataset.scheme"));
    app.tells("theme_changed", "{\"theme_params\":{\"bg_color\":\"red;}\"}}");
    assertEquals("#4379b1", fitted("--fit-button"));
  }

  @Test
  void namesAreTextAndNothingElse() {
    var name = "<img src=x onerror=alert(1)>";
    var profile =
        new TelegramProfile(
            new TelegramUserId(66),
            name,
            Optional.of("\"'&<b>"),
            Optional.empty(),
            Optional.of(Language.EN));
    var mallory = world.domain.in(handle -> world.domain.accounts.seen(handle, profile));
    login = world.requested(mallory);
    app.open(new Launch(world.initData(mallory), "tdesktop", Theme.NONE).url(world.base, login));
    app.see("#view-scan");
    assertEquals(name + " \"'&<b>", app.text("#who-name"));
    assertEquals("for this account only", app.text("#who-only"));
    world.apply(world.claim(), new LoginEvent.Refused(Failure.WRONG_ACCOUNT));
    app.says("#end-text", name);
    assertEquals(0, app.page().locator("main img").count());
  }

  @Test
  void whereEventsAreHeldBackThePageAsksInstead() {
    app.page().route("**/qr-auth/events*", Route::abort);
    open("tdesktop");
    world.link(world.claim(), LIFE);
    app.see("#pass-code svg");
  }

  @Test
  void theConnectionComesBackByItself() {
    // Chromium's being offline cuts no stream that begins just before it.
    app.page()
        .waitForResponse(
            answer -> answer.url().contains("/qr-auth/events"), () -> open("tdesktop"));
    app.page().context().setOffline(true);
    world.module.dropStreams();
    app.says("#state", "Нет связи с сайтом");
    world.link(world.claim(), LIFE);
    app.page().context().setOffline(false);
    app.see("#pass-code svg");
    app.says("#state", "Ожидание авторизации");
  }

  @Test
  void aCodeThatIsNotRenewedIsTakenAwayByOurOwnClock() {
    open("tdesktop");
    var claim = world.claim();
    world.link(claim, Duration.ofSeconds(1));
    app.says("#pass-veil", "Этот уже не сработает");
    app.says("#state", "Telegram пока не отвечает");
    assertEquals(Optional.empty(), QrReader.read(app.screenshot()));
    world.link(claim, LIFE);
    app.see("#pass-code svg");
    assertTrue(QrReader.read(app.screenshot()).isPresent());
  }

  @Test
  void aSecondLoginTellsTheFirstPage() {
    open("tdesktop");
    world.requested(ilya);
    app.says("#end-title", "Открыта новая страница");
    app.page().locator("#end-part [data-close]").click();
    app.hears("web_app_close");
  }

  @Test
  void refusalsLeadBackToTheBot() {
    open("tdesktop");
    world.apply(world.claim(), new LoginEvent.Refused(Failure.TELEGRAM_SILENT));
    app.says("#end-title", "Telegram так и не ответил");
    assertEquals("end-title", app.page().evaluate("() => document.activeElement.id"));
  }

  @Test
  void anOrdinaryBrowserIsSentToTheBot() {
    try (var browser = new TelegramApp(chromium.context(390, 844), false)) {
      browser.open(world.base + "/qr-auth?session_id=" + login.id().value());
      browser.says("#view-outside", "Откройте эту страницу из чата с ботом");
      assertEquals(
          "https://t.me/propusk_bot",
          browser.page().locator("#view-outside a").getAttribute("href"));
      assertEquals(List.of(), browser.complaints());
    }
  }

  /// As Telegram Web does it: a frame of another site that talks by postMessage.
  @Test
  void inAFrameOfTelegramWebThePageTalksToItsParent() {
    var frame = launch("web").url(world.base, login);
    var host =
        """
        <!doctype html><script>
        window.heard = [];
        addEventListener('message', event => heard.push([JSON.parse(event.data).eventType, event.origin]));
        </script><iframe id="app" width="390" height="700" src="%s"></iframe>\
        """
            .formatted(frame.replace("&", "&amp;"));
    try (var web = new TelegramApp(chromium.context(800, 844), false)) {
      web.page()
          .route(
              "https://web.telegram.org/**",
              route ->
                  route.fulfill(
                      new Route.FulfillOptions().setContentType("text/html").setBody(host)));
      web.open("https://web.telegram.org/a/");
      web.hears("web_app_ready");
      web.hears("iframe_ready");
      var inside = web.page().frameLocator("#app");
      inside.locator("#view-scan").waitFor();
      var back = "{\\\"eventType\\\":\\\"back_button_pressed\\\"}";
      web.page()
          .evaluate(
              "origin => document.getElementById('app').contentWindow.postMessage(\""
                  + back
                  + "\", origin)",
              world.base.toString());
      inside.locator("#ask").waitFor();
      assertEquals(List.of(), web.complaints());
    }
  }

  @Test
  void noOtherSiteMayFrameThePage() {
    var host =
        "<!doctype html><iframe id=app src=\""
            + launch("web").url(world.base, login).replace("&", "&amp;")
            + "\"></iframe>";
    try (var evil = new TelegramApp(chromium.context(800, 844), false)) {
      evil.page()
          .route(
              "https://evil.example/**",
              route ->
                  route.fulfill(
                      new Route.FulfillOptions().setContentType("text/html").setBody(host)));
      evil.open("https://evil.example/");
      for (int i = 0; i < 100 && evil.complaints().isEmpty(); i++) {
        evil.page().waitForTimeout(50);
      }
      assertEquals(0, evil.page().frameLocator("#app").locator("main").count());
      assertTrue(
          evil.complaints().toString().contains("frame-ancestors"), evil.complaints().toString());
    }
  }

  private void open(String platform) {
    app.open(launch(platform).url(world.base, login));
    app.see("#view-scan");
  }

  private Launch launch(String platform) {
    return new Launch(world.initData(ilya), platform, Theme.LIGHT);
  }

  private String fitted(String property) {
    return String.valueOf(
        app.page()
            .evaluate("name => document.documentElement.style.getPropertyValue(name)", property));
  }

  private void awaitCode(String link) {
    for (int i = 0; i < 100; i++) {
      if (QrReader.read(app.screenshot()).equals(Optional.of(link))) {
        return;
      }
      app.page().waitForTimeout(50);
    }
    throw new AssertionError("the new code never appeared");
  }
}
