package propusk.miniapp.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import propusk.domain.limit.Limit;
import propusk.domain.signin.SignIn;
import propusk.domain.signin.SignInId;
import propusk.domain.signin.SignInKind;
import propusk.miniapp.MiniAppWorld;
import propusk.miniapp.browser.Camera;
import propusk.miniapp.browser.Camera.Frame;
import propusk.miniapp.browser.TelegramApp;

/// Takes a picture of each state of the window to sign in, on our first page, and of the Login
/// Widget's page. Not among the tests that always run; see the Mini App's own pictures for how.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WindowScreenshots {
  private final MiniAppWorld world = new MiniAppWorld();
  private final Camera camera = new Camera(world.base);

  @AfterAll
  void close() {
    camera.close();
    world.close();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NARROW_LIGHT")
  void eachState(Frame frame) {
    openLimits();
    var ilya = new Person(world);
    try (var app = camera.open(frame, "/")) {
      app.says("#front-out h1", "Войдите через Telegram");
      take(app, "front", frame);
      app.see("[data-propusk-signin]").click();
      app.says("#state", "Ждём вас в боте");
      take(app, "window-open", frame);
      app.page().context().setOffline(true);
      app.says("#state", "Нет связи");
      take(app, "window-offline", frame);
      app.page().context().setOffline(false);
      app.says("#state", "Ждём вас в боте");
      passes();
      app.says("dialog h2", "Код истёк");
      take(app, "window-expired", frame);

      again(app);
      comes(ilya, app);
      app.says("#state", "Бот открыт");
      take(app, "window-opened", frame);
      passes();
      app.says("dialog h2", "Ответа не было");
      take(app, "window-no-answer", frame);

      again(app);
      comes(ilya, app);
      ilya.denies(signIn(app).id().value());
      app.says("dialog h2", "Вход отклонён");
      take(app, "window-denied", frame);

      again(app);
      comes(ilya, app);
      picksAnother(ilya, signIn(app));
      app.says("dialog h2", "Выбрано другое число");
      take(app, "window-mismatched", frame);

      again(app);
      comes(ilya, app);
      ilya.says(signIn(app).id().value());
      app.says("#toast", "Готово, вы вошли как Илья.");
      take(app, "window-done", frame);

      app.page().context().clearCookies();
      app.page().reload();
      for (int i = 0; i < Limit.SIGN_IN_PER_ADDRESS.amount(); i++) {
        world.post("/api/auth/begin", "{}");
      }
      app.see("[data-propusk-signin]").click();
      app.says("dialog h2", "Слишком много попыток");
      take(app, "window-limit", frame);
      app.page().context().setOffline(true);
      app.page().evaluate("() => { propusk.close(); propusk.signIn(); }");
      app.says("dialog h2", "Код не получен");
      take(app, "window-away", frame);
      assertEquals(List.of(), app.complaints());
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NARROW_LIGHT")
  void theWidgetsPages(Frame frame) {
    openLimits();
    try (var app = camera.open(frame, "/auth/widget?state=x")) {
      app.says("h1", "Этот вход уже не действует");
      take(app, "widget-foreign", frame);
      var state = state(app);
      app.open(back(state) + "#tgAuthResult=false");
      app.says("#widget-nothing", "Telegram не сказал");
      take(app, "widget-cancelled", frame);
      app.open(back(state) + "&id=1&first_name=A&auth_date=1&hash=0");
      app.says("h1", "Подпись Telegram не сошлась");
      take(app, "widget-refused", frame);
      for (int i = 0; i < Limit.WIDGET_PER_ADDRESS.amount(); i++) {
        app.open(back(state) + "&id=1&first_name=A&auth_date=1&hash=0");
        app.see(".tile");
      }
      app.says("h1", "Слишком много попыток");
      take(app, "widget-limit", frame);
    }
  }

  /// Our own page starts at Telegram's; the cookie and the address are what it leaves.
  private String state(TelegramApp app) {
    app.page().route("https://oauth.telegram.org/**", route -> route.abort());
    var gone =
        app.page()
            .context()
            .request()
            .get(
                world.base.resolve("/auth/widget/start").toString(),
                RequestOptions.create().setMaxRedirects(0));
    return gone.headers().getOrDefault("location", "").replaceAll(".*state%3D([\\w-]+).*", "$1");
  }

  private String back(String state) {
    return world.base.resolve("/auth/widget?redirect=/&state=" + state).toString();
  }

  private void openLimits() {
    world.domain.in(handle -> handle.execute("DELETE FROM limit_use"));
  }

  /// The sign-in's time is over.
  private void passes() {
    world.domain.clock.advance(SignInKind.SITE.life().plus(Duration.ofSeconds(1)));
    while (world.domain.in(handle -> world.domain.signIns.endOverdue(handle)) > 0) {
      Thread.onSpinWait();
    }
  }

  private static void again(TelegramApp app) {
    app.see("dialog button.main").click();
    app.says("#state", "Ждём вас в боте");
  }

  private void comes(Person person, TelegramApp app) {
    var signIn = signIn(app);
    world.domain.in(handle ->
        world.domain.signIns.open(handle, world.domain.signIns.start(signIn), person.account.id()));
  }

  private void picksAnother(Person person, SignIn signIn) {
    int other =
        signIn.choices().stream().filter(it -> it != signIn.number()).findFirst().orElseThrow();
    world.domain.in(
        handle -> world.domain.signIns.pick(handle, signIn.id(), person.account.id(), other));
  }

  private SignIn signIn(TelegramApp app) {
    var token =
        String.valueOf(
            app.page().evaluate("() => JSON.parse(sessionStorage['propusk.signin']).token"));
    return world.domain.in(
        handle -> world.domain.signIns.find(handle, new SignInId(token)).orElseThrow());
  }

  /// What is on the screen: the window stands in its middle.
  private void take(TelegramApp app, String state, Frame frame) {
    app.page().screenshot(new Page.ScreenshotOptions().setPath(camera.site(state, frame)));
  }
}
