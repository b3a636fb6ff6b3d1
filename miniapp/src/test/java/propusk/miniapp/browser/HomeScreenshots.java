package propusk.miniapp.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import propusk.domain.account.Account;
import propusk.domain.account.Language;
import propusk.domain.account.TelegramProfile;
import propusk.domain.account.TelegramUserId;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.usage.PlanLimit;
import propusk.domain.usage.Usage;
import propusk.domain.websession.LoginVia;
import propusk.miniapp.MiniAppWorld;
import propusk.miniapp.browser.Launch.Theme;

/// Takes a picture of each state of the home inside Telegram, and of the page that its link opens.
/// Not among the tests that always run; see the login page's own pictures for how.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HomeScreenshots {
  private final MiniAppWorld world = new MiniAppWorld();
  private final Chromium chromium = new Chromium();
  private final Path directory = Camera.directory();
  private final Account ilya = world.ilya(Language.RU);
  private final Account nobody = world.domain.person(2, "Вера");
  private final Account longName =
      world.domain.in(handle ->
          world.domain.accounts.seen(
              handle,
              new TelegramProfile(
                  new TelegramUserId(3),
                  "Wolfeschlegelsteinhausen",
                  Optional.of("Bergerdorff-Montgomery the Third"),
                  Optional.of("wolfeschlegelsteinhausen_official"),
                  Optional.of(Language.EN))));

  /// Where a picture is taken.
  enum Frame {
    PHONE_LIGHT("android", Theme.LIGHT, 390, 844),
    PHONE_DARK("ios", Theme.DARK, 390, 844),
    NARROW_LIGHT("tdesktop", Theme.LIGHT, 320, 568),
    WIDE_BRAND("web", Theme.NONE, 640, 760);

    private final String platform;
    private final Theme theme;
    private final int width;
    private final int height;

    Frame(String platform, Theme theme, int width, int height) {
      this.platform = platform;
      this.theme = theme;
      this.width = width;
      this.height = height;
    }
  }

  @AfterAll
  void close() {
    chromium.close();
    world.close();
  }

  @Test
  void theHome() {
    world.domain.clock.advance(Duration.between(world.domain.clock.instant(), Instant.now()));
    for (var account : List.of(ilya, longName)) {
      var login = world.requested(account);
      world.bearer(login, account);
      world.complete(world.claim(), account);
      var usage = new Usage(world.domain.clock);
      world.domain.jdbi.useTransaction(handle -> {
        usage.report(handle, account.id(), PlanLimit.CHANNELS, 23);
        usage.report(handle, account.id(), PlanLimit.RAG, 918);
      });
    }
    take(ilya, "alone");
    enter("Chrome", "Windows", "198.51.100.24");
    enter("Safari", "iPhone", "2001:db8:85a3::8a2e:370:7334");
    take(ilya, "connected");
    take(longName, "long");
    take(nobody, "empty");
    set(
        "state = 'revoked', session_key = NULL, sealed = NULL, ended_at = now() - interval '5 hours'");
    take(ilya, "disconnected");
    set("state = 'duplicated', session_key = '\\x01', sealed = '\\x01'");
    take(ilya, "duplicated");
  }

  @Test
  void theWayToTheWebsite() {
    for (var dark : new boolean[] {false, true}) {
      for (var width : new int[] {390, 1280, 320}) {
        try (var app =
            new TelegramApp(chromium.context(width, width == 1280 ? 800 : 844, dark), false)) {
          app.open(launch(ilya, "web", Theme.NONE).home(world.base));
          app.see("#open-site").click();
          app.says(".middle h1", "Войти на сайт?");
          var theme = dark ? "dark" : "light";
          app.screenshot(directory.resolve("site-enter-%s-%d.png".formatted(theme, width)));
          var link = app.page().url();
          app.page().click(".btn-primary");
          app.says(".middle h1", "Здравствуйте");
          app.page().context().clearCookies();
          app.open(link);
          app.says(".middle h1", "Ссылка уже использована");
          app.screenshot(directory.resolve("site-enter-spent-%s-%d.png".formatted(theme, width)));
          assertEquals(List.of(), app.complaints());
        }
      }
    }
  }

  @Test
  void whoIsNotProven() {
    try (var app = new TelegramApp(chromium.context(390, 844), false)) {
      app.open(new Launch("", "web", Theme.NONE).home(world.base));
      app.says("#view-outside h1", "Откройте эту страницу из чата с ботом");
      app.screenshot(directory.resolve("miniapp-home-outside.png"));
    }
  }

  private void take(Account account, String state) {
    for (var frame : Frame.values()) {
      try (var app = new TelegramApp(chromium.context(frame.width, frame.height), true)) {
        app.open(launch(account, frame.platform, frame.theme).home(world.base));
        app.see("#open-site");
        var name =
            "miniapp-home-" + state + "-" + frame.name().toLowerCase(Locale.ROOT).replace('_', '-');
        app.screenshot(directory.resolve(name + ".png"));
        assertEquals(
            frame.width,
            ((Number) app.page().evaluate("() => document.documentElement.scrollWidth")).intValue(),
            name + " scrolls sideways");
        assertEquals(List.of(), app.complaints());
      }
    }
  }

  private Launch launch(Account account, String platform, Theme theme) {
    // Each launch is one of its own.
    world.domain.clock.advance(Duration.ofSeconds(1));
    return new Launch(world.initData(account), platform, theme);
  }

  private void enter(String browser, String system, String ip) {
    var info =
        new BrowserInfo(
            Optional.of(browser), Optional.of(system), Optional.of(InetAddress.ofLiteral(ip)));
    world.domain.in(
        handle -> world.webSessions.enter(handle, LoginVia.TELEGRAM_CONFIRM, ilya.id(), info));
  }

  private void set(String columns) {
    world.domain.in(handle -> handle.execute("UPDATE telegram_session SET " + columns));
  }
}
