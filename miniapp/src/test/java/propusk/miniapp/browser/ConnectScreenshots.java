package propusk.miniapp.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import propusk.domain.account.Account;
import propusk.domain.account.Language;
import propusk.domain.login.Login;
import propusk.domain.login.LoginEvent;
import propusk.domain.worker.WorkerProcess;
import propusk.domain.worker.Workers;
import propusk.miniapp.MiniAppWorld;
import propusk.miniapp.browser.Camera.Frame;
import propusk.miniapp.browser.Launch.Theme;

/// Takes a picture of each state of the second screen and the password page, as [Screenshots] does
/// of the Mini App, and of the phone beside it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectScreenshots {
  private static final Duration LIFE = Duration.ofSeconds(19);

  private final MiniAppWorld world = new MiniAppWorld();
  private final Camera camera = new Camera(world.base);
  private final Account ilya = world.ilya(Language.RU);
  private Login login = world.requested(ilya);
  private String bearer = "";

  @AfterAll
  void close() {
    camera.close();
    world.close();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NARROW_LIGHT")
  void theSecondScreen(Frame frame) {
    ask();
    try (var site = camera.browser(frame)) {
      site.open(world.base + "/connect");
      if (frame == Frame.WIDE_LIGHT) {
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
      if (frame == Frame.WIDE_LIGHT) {
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
  @EnumSource(mode = Mode.EXCLUDE, names = "NARROW_LIGHT")
  void thePassword(Frame frame) {
    ask();
    try (var site = camera.browser(frame)) {
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
      if (frame == Frame.WIDE_LIGHT) {
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
    var theme = frame.dark() ? Theme.DARK : Theme.LIGHT;
    try (var phone = camera.phone();
        var site = camera.browser(Frame.WIDE_LIGHT)) {
      phone.open(new Launch(world.initData(ilya), "android", theme).url(world.base, login));
      phone.see("#second");
      site.open(world.base + "/connect");
      site.see("#code").fill(phone.text("#second-code").replaceAll("\\s", ""));
      site.see("#pass-wait");
      var claim = world.claim();
      world.link(claim, LIFE);
      phone.says("#state", "Ожидание");
      camera.takeMiniApp(phone, "phone-opened", frame);
      world.apply(claim, new LoginEvent.PasswordAsked(Optional.empty()));
      phone.see("#view-password");
      camera.takeMiniApp(phone, "password", frame);
      assertEquals(List.of(), phone.complaints());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"WIDE_LIGHT", "PHONE_LIGHT"})
  void everyPlaceIsTaken(Frame frame) {
    world.domain.clock.advance(Workers.LEASE);
    var process = new WorkerProcess("small-host", 1, 1);
    var worker = world.domain.in(handle -> world.domain.workers.register(handle, process, 1));
    var anna = world.domain.person(42, "Анна");
    world.bearer(world.requested(anna), anna);
    world.domain.in(handle -> world.domain.runs.claim(handle, worker, "small-host", 9));
    ask();
    try (var site = camera.browser(frame);
        var app = camera.phone()) {
      site.open(connect("link"));
      site.see(".panel button").click();
      site.says("#state", "Все места заняты");
      take(site, "waiting", frame);
      if (frame == Frame.PHONE_LIGHT) {
        app.open(new Launch(world.initData(ilya), "tdesktop", Theme.LIGHT).url(world.base, login));
        app.says("#state", "Все места заняты");
        app.screenshot(Camera.directory().resolve("miniapp-waiting-desktop-light.png"));
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

  private void takeLight(TelegramApp site, String state, Frame frame) {
    if (!frame.dark()) {
      take(site, state, frame);
    }
  }

  private void take(TelegramApp site, String state, Frame frame) {
    camera.take(site, "connect-" + state, frame);
  }
}
