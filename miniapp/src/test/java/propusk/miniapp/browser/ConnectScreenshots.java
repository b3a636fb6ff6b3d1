package propusk.miniapp.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import propusk.domain.account.Account;
import propusk.domain.account.Language;
import propusk.domain.login.Login;
import propusk.domain.login.LoginEvent;
import propusk.domain.worker.WorkerProcess;
import propusk.domain.worker.Workers;
import propusk.miniapp.MiniAppWorld;
import propusk.miniapp.browser.Launch.Theme;

/// Takes a picture of each state of the second screen and the password page, as [Screenshots] does
/// of the Mini App, and of the phone beside it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectScreenshots {
  private static final Duration LIFE = Duration.ofSeconds(19);

  private final MiniAppWorld world = new MiniAppWorld();
  private final Chromium chromium = new Chromium();
  private final Path directory = Camera.directory();
  private final Account ilya = world.ilya(Language.RU);
  private Login login = world.requested(ilya);
  private String bearer = "";

  /// Where a picture is taken.
  enum Frame {
    DESKTOP_LIGHT(1280, 800, false),
    DESKTOP_DARK(1280, 800, true),
    PHONE_LIGHT(390, 844, false),
    PHONE_DARK(390, 844, true);

    private final int width;
    private final int height;
    private final boolean dark;

    Frame(int width, int height, boolean dark) {
      this.width = width;
      this.height = height;
      this.dark = dark;
    }
  }

  @AfterAll
  void close() {
    chromium.close();
    world.close();
  }

  @ParameterizedTest
  @EnumSource
  void theSecondScreen(Frame frame) {
    ask();
    try (var site = site(frame)) {
      site.open(world.base + "/connect");
      if (frame == Frame.DESKTOP_LIGHT) {
        site.see("#code").fill("7KM4");
        take(site, "form", frame);
        site.see("#code").fill("AAAAAA");
        site.see("#code-wrong");
      } else {
        site.see("#code").fill("AAAAAA");
        site.see("#code-wrong");
      }
      take(site, "wrong", frame);
      site.see("#code").fill(connect("code").replace(" ", ""));
      site.see("#pass-wait");
      var claim = world.claim();
      world.link(claim, LIFE);
      site.see("#pass-code svg");
      take(site, "live", frame);
      if (frame == Frame.DESKTOP_LIGHT) {
        world.link(claim, Duration.ofSeconds(1));
        site.see("#pass-veil");
        take(site, "stale", frame);
      }
      world.complete(claim, ilya);
      site.see("#view-completed");
      takeLight(site, "done", frame);
      assertEquals(List.of(), site.complaints());
    }
  }

  @ParameterizedTest
  @EnumSource
  void thePassword(Frame frame) {
    ask();
    try (var site = site(frame)) {
      var link = connect("link");
      site.open(link);
      site.see(".panel button");
      takeLight(site, "link", frame);
      site.page().locator(".panel button").click();
      site.see("#pass-wait");
      var claim = world.claim();
      world.link(claim, LIFE);
      world.apply(claim, new LoginEvent.PasswordAsked(Optional.of("кличка + год")));
      site.see("#view-password");
      takeLight(site, "password", frame);
      site.see("#password").fill("не тот");
      site.page().locator("#confirm").click();
      site.says("#confirm-words", "Telegram проверяет");
      if (frame == Frame.DESKTOP_LIGHT) {
        take(site, "password-checking", frame);
      }
      world.apply(claim, new LoginEvent.PasswordRefused());
      site.see("#password-wrong");
      take(site, "password-wrong", frame);
      world.apply(claim, new LoginEvent.PasswordRefused());
      world.apply(claim, new LoginEvent.PasswordRefused());
      site.see("#view-end");
      takeLight(site, "three-wrong", frame);
      assertEquals(List.of(), site.complaints());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PHONE_LIGHT", "PHONE_DARK"})
  void thePhoneBesideIt(Frame frame) {
    ask();
    var theme = frame.dark ? Theme.DARK : Theme.LIGHT;
    try (var phone = new TelegramApp(chromium.context(390, 844), true);
        var site = site(Frame.DESKTOP_LIGHT)) {
      phone.open(new Launch(world.initData(ilya), "android", theme).url(world.base, login));
      phone.see("#second");
      site.open(world.base + "/connect");
      site.see("#code").fill(phone.text("#second-code").replaceAll("\\s", ""));
      site.see("#pass-wait");
      var claim = world.claim();
      world.link(claim, LIFE);
      phone.says("#state", "Ожидание");
      takePhone(phone, "phone-opened", frame);
      world.apply(claim, new LoginEvent.PasswordAsked(Optional.empty()));
      phone.see("#view-password");
      takePhone(phone, "password", frame);
      assertEquals(List.of(), phone.complaints());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DESKTOP_LIGHT", "PHONE_LIGHT"})
  void everyPlaceIsTaken(Frame frame) {
    world.domain.clock.advance(Workers.LEASE);
    var process = new WorkerProcess("small-host", 1, 1);
    var worker = world.domain.in(handle -> world.domain.workers.register(handle, process, 1));
    var anna = world.domain.person(42, "Анна");
    world.bearer(world.requested(anna), anna);
    world.domain.in(handle -> world.domain.runs.claim(handle, worker, "small-host", 9));
    ask();
    try (var site = site(frame);
        var app = new TelegramApp(chromium.context(390, 844), true)) {
      site.open(connect("link"));
      site.see(".panel button").click();
      site.says("#state", "Все места заняты");
      take(site, "waiting", frame);
      if (frame == Frame.PHONE_LIGHT) {
        app.open(new Launch(world.initData(ilya), "tdesktop", Theme.LIGHT).url(world.base, login));
        app.says("#state", "Все места заняты");
        app.screenshot(directory.resolve("miniapp-waiting-desktop-light.png"));
      }
    }
  }

  private void ask() {
    world.domain.clock.advance(Duration.ofSeconds(1));
    world.domain.in(handle -> handle.execute("DELETE FROM limit_use"));
    login = world.requested(ilya);
    bearer = world.bearer(login, ilya);
    world.domain.clock.advance(Duration.ofSeconds(1));
  }

  private String connect(String field) {
    return world.status(login, bearer).path("connect").path(field).stringValue();
  }

  private TelegramApp site(Frame frame) {
    return new TelegramApp(chromium.context(frame.width, frame.height, frame.dark), false);
  }

  private void takeLight(TelegramApp site, String state, Frame frame) {
    if (!frame.dark) {
      take(site, state, frame);
    }
  }

  private void take(TelegramApp site, String state, Frame frame) {
    site.screenshot(directory.resolve("site-connect-" + state + "-" + name(frame) + ".png"));
  }

  private void takePhone(TelegramApp phone, String state, Frame frame) {
    phone.screenshot(directory.resolve("miniapp-" + state + "-" + name(frame) + ".png"));
  }

  private static String name(Frame frame) {
    return frame.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
