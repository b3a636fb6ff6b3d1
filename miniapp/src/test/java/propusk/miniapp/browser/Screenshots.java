package propusk.miniapp.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import propusk.domain.account.Account;
import propusk.domain.account.Language;
import propusk.domain.login.Claim;
import propusk.domain.login.Failure;
import propusk.domain.login.Login;
import propusk.domain.login.LoginEvent;
import propusk.miniapp.MiniAppWorld;
import propusk.miniapp.browser.Launch.Theme;

/// Takes a picture of each state of the login page, driven through real rows. Not among the tests
/// that always run; `-Dtest=Screenshots -Dscreenshots=$PWD/docs/screenshots` draws those of the
/// docs again, without a directory they go to `target/screenshots`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Screenshots {
  private static final Duration LIFE = Duration.ofSeconds(19);

  private final MiniAppWorld world = new MiniAppWorld();
  private final Chromium chromium = new Chromium();
  private final Path directory = Camera.directory();
  private Account person = world.ilya(Language.RU);
  private Login login = world.requested(person);

  /// Where a picture is taken.
  enum Frame {
    DESKTOP_LIGHT("tdesktop", Theme.LIGHT, 390, 844),
    DESKTOP_DARK("tdesktop", Theme.DARK, 390, 844),
    PHONE_LIGHT("android", Theme.LIGHT, 390, 844),
    PHONE_DARK("android", Theme.DARK, 390, 844),
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

  @ParameterizedTest
  @EnumSource
  void thePathToSuccess(Frame frame) {
    ask(frame);
    try (var app = open(frame)) {
      app.says("#state", preparing(frame));
      takeOnDesktop(app, "preparing", frame);
      var claim = world.claim();
      world.link(claim, LIFE);
      app.see("#pass-code svg");
      take(app, "scan", frame);
      world.apply(claim, new LoginEvent.Authorized());
      app.see("#view-finalizing");
      takeOnDesktop(app, "finalizing", frame);
      world.complete(claim, person);
      app.see("#view-completed");
      // The pass has turned once its animation is over.
      app.await("_ => document.getAnimations().every(a => a.playState === 'finished')", "");
      take(app, "success", frame);
      assertEquals(List.of(), app.complaints());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DESKTOP_LIGHT", "DESKTOP_DARK", "PHONE_LIGHT"})
  void aCodeThatIsNotRenewed(Frame frame) {
    ask(frame);
    try (var app = open(frame)) {
      world.link(world.claim(), Duration.ofSeconds(1));
      app.see("#pass-veil");
      take(app, "stale", frame);
      assertEquals(List.of(), app.complaints());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DESKTOP_LIGHT", "DESKTOP_DARK"})
  void thePassword(Frame frame) {
    ask(frame);
    try (var app = open(frame)) {
      var claim = world.claim();
      world.link(claim, LIFE);
      world.apply(claim, new LoginEvent.PasswordAsked(Optional.empty()));
      app.see("#view-password");
      take(app, "password", frame);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DESKTOP_LIGHT", "DESKTOP_DARK", "NARROW_LIGHT"})
  void theWrongAccount(Frame frame) {
    refused(frame, Failure.WRONG_ACCOUNT, Optional.empty(), "wrong-account");
  }

  @Test
  void telegramAsksToWait() {
    var until = Optional.of(Duration.ofMinutes(12).plusSeconds(40));
    refused(Frame.DESKTOP_LIGHT, Failure.FLOOD_WAIT, until, "wait");
  }

  @ParameterizedTest
  @EnumSource(
      value = Failure.class,
      names = {"API_REJECTED", "HOST_LOST", "INVITE_LOST", "TELEGRAM_SILENT"})
  void otherFailures(Failure failure) {
    var name = failure.code().replace('_', '-');
    refused(Frame.DESKTOP_LIGHT, failure, Optional.empty(), name);
  }

  @ParameterizedTest
  @EnumSource(names = {"DESKTOP_LIGHT", "DESKTOP_DARK"})
  void theQuestionBeforeCancelling(Frame frame) {
    ask(frame);
    try (var app = open(frame)) {
      world.link(world.claim(), LIFE);
      app.see("#pass-code svg");
      app.page().locator("#cancel").click();
      app.see("#ask");
      take(app, "ask", frame);
      app.page().locator("#ask-yes").click();
      app.see("#view-end");
      take(app, "cancelled", frame);
    }
  }

  @Test
  void theTokenIsCopied() {
    ask(Frame.DESKTOP_LIGHT);
    try (var app = open(Frame.DESKTOP_LIGHT)) {
      world.link(world.claim(), LIFE);
      app.see("#pass-code svg");
      app.page().locator("#row-copy").click();
      app.says("#row-copy", "Токен скопирован");
      take(app, "copied", Frame.DESKTOP_LIGHT);
    }
  }

  @Test
  void littleTimeIsLeft() {
    ask(Frame.DESKTOP_LIGHT);
    world.domain.clock.advance(Duration.ofSeconds(276));
    try (var app = open(Frame.DESKTOP_LIGHT)) {
      world.link(world.claim(), LIFE);
      app.says("#state", "Осталось");
      take(app, "hurry", Frame.DESKTOP_LIGHT);
      world.domain.clock.advance(Duration.ofSeconds(30));
      world.domain.in(world.domain.logins::endOverdue);
      app.see("#view-end");
      take(app, "expired", Frame.DESKTOP_LIGHT);
    }
  }

  @Test
  void ourSiteIsAway() {
    ask(Frame.DESKTOP_LIGHT);
    try (var app = open(Frame.DESKTOP_LIGHT)) {
      world.link(world.claim(), LIFE);
      app.see("#pass-code svg");
      app.page().context().setOffline(true);
      world.module.dropStreams();
      app.says("#state", "Нет связи");
      take(app, "offline", Frame.DESKTOP_LIGHT);
    }
  }

  @Test
  void whoeverIsNotTheOwner() {
    ask(Frame.DESKTOP_LIGHT);
    var anna = world.domain.person(42, "Анна");
    show("stranger", new Launch(world.initData(anna), "tdesktop", Theme.LIGHT), login.id().value());
    show("outside", new Launch("", "", Theme.NONE), login.id().value());
    show("unknown", new Launch(world.initData(person), "tdesktop", Theme.LIGHT), "u".repeat(22));
    var old = world.initData(person, world.domain.clock.instant().minusSeconds(400));
    show("late", new Launch(old, "tdesktop", Theme.LIGHT), login.id().value());
  }

  private void show(String view, Launch launch, String session) {
    try (var app = new TelegramApp(chromium.context(390, 844), !launch.initData().isEmpty())) {
      app.open(launch.url(world.base, session));
      app.see("#view-" + view);
      take(app, view, Frame.DESKTOP_LIGHT);
      assertEquals(List.of(), app.complaints());
    }
  }

  private void refused(Frame frame, Failure failure, Optional<Duration> wait, String name) {
    ask(frame);
    try (var app = open(frame)) {
      Claim claim = world.claim();
      world.link(claim, LIFE);
      app.see("#pass-code svg");
      // Browsers live in the real time, so the button counts down from there.
      var until = wait.map(Clock.systemUTC().instant()::plus);
      world.apply(claim, new LoginEvent.Refused(failure, until));
      app.see("#view-end");
      take(app, name, frame);
      assertEquals(List.of(), app.complaints());
    }
  }

  private void ask(Frame frame) {
    person = world.ilya(frame == Frame.WIDE_BRAND ? Language.EN : Language.RU);
    login = world.requested(person);
  }

  private TelegramApp open(Frame frame) {
    var app = new TelegramApp(chromium.context(frame.width, frame.height), true);
    var launch = new Launch(world.initData(person), frame.platform, frame.theme);
    app.open(launch.url(world.base, login));
    app.see("#view-scan");
    return app;
  }

  private static String preparing(Frame frame) {
    return frame == Frame.WIDE_BRAND ? "Making the code" : "Готовим код";
  }

  /// A state on the way, which looks alike in every frame.
  private void takeOnDesktop(TelegramApp app, String state, Frame frame) {
    if (frame == Frame.DESKTOP_LIGHT || frame == Frame.DESKTOP_DARK) {
      take(app, state, frame);
    }
  }

  private void take(TelegramApp app, String state, Frame frame) {
    var name = frame.name().toLowerCase(Locale.ROOT).replace('_', '-');
    app.screenshot(directory.resolve("miniapp-" + state + "-" + name + ".png"));
  }
}
