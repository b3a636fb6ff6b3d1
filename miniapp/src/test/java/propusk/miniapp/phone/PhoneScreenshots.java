package propusk.miniapp.phone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import propusk.domain.account.Account;
import propusk.domain.account.Language;
import propusk.domain.login.Failure;
import propusk.domain.login.LoginEvent;
import propusk.miniapp.MiniAppWorld;
import propusk.miniapp.browser.Camera;
import propusk.miniapp.browser.Camera.Frame;
import propusk.miniapp.browser.TelegramApp;

/// Takes a picture of each state of `/login/phone`, driven through real rows. Not among the tests
/// that always run; see the Mini App's own pictures for how.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PhoneScreenshots {
  private final MiniAppWorld world = new MiniAppWorld();
  private final Telegram telegram = new Telegram(world);
  private final Camera camera = new Camera(world.base);
  private final Account ilya = world.ilya(Language.RU);

  @AfterAll
  void close() {
    camera.close();
    world.close();
  }

  @ParameterizedTest
  @EnumSource
  void theWayIn(Frame frame) {
    world.domain.in(handle -> handle.execute("DELETE FROM limit_use"));
    try (var app = camera.open(frame, "/login/phone")) {
      app.says("h1", "Вход");
      camera.take(app, "phone-number", frame);
      app.page().fill("#phone", "+7 912 345");
      app.page().click(".btn-primary");
      app.says("#wrong", "Не хватает цифр");
      camera.take(app, "phone-number-short", frame);
      app.page().fill("#phone", "+7 912 345-67-89");
      submit(app);
      var claim = telegram.claim();
      camera.take(app, "phone-asking", frame);
      telegram.apply(claim, new LoginEvent.CodeAsked("telegram", 5));
      app.says("h1", "Введите код");
      app.page().locator("#code").pressSequentially("381");
      camera.take(app, "phone-code", frame);
      submitCode(app, "38190");
      telegram.code(claim);
      telegram.apply(claim, new LoginEvent.CodeRefused());
      app.says("#wrong", "Осталось 2\u00a0попытки");
      camera.take(app, "phone-code-wrong", frame);
      submitCode(app, "38190");
      telegram.code(claim);
      telegram.apply(claim, new LoginEvent.PasswordAsked(Optional.of("кличка + год")));
      app.says("h1", "Облачный пароль");
      app.page().fill("#password", "kitty2015");
      camera.take(app, "phone-password", frame);
      submit(app);
      telegram.password(claim);
      telegram.apply(claim, new LoginEvent.PasswordRefused());
      app.says("#wrong", "Осталось 2\u00a0попытки");
      camera.take(app, "phone-password-wrong", frame);
      app.page().fill("#password", "kitty2016");
      submit(app);
      telegram.password(claim);
      telegram.authorize(claim, ilya);
      app.says("h1", "Здравствуйте");
      assertEquals(List.of(), app.complaints());
    }
  }

  @ParameterizedTest
  @EnumSource
  void theEnds(Frame frame) {
    world.domain.in(handle -> handle.execute("DELETE FROM limit_use"));
    for (var failure :
        List.of(
            Failure.FLOOD_WAIT, Failure.WRONG_CODE, Failure.PHONE_BANNED, Failure.API_REJECTED)) {
      try (var app = camera.open(frame, "/login/phone")) {
        app.page().fill("#phone", "+7 912 345-67-89");
        submit(app);
        var retryAt = world.domain.clock.instant().plus(Duration.ofMinutes(12));
        telegram.apply(
            telegram.claim(),
            new LoginEvent.Refused(
                failure, failure == Failure.FLOOD_WAIT ? Optional.of(retryAt) : Optional.empty()));
        app.see("[data-end]");
        camera.take(app, failure.code().replace('_', '-'), frame);
        assertEquals(List.of(), app.complaints());
      }
    }
  }

  /// Sends the form without waiting for its answer.
  private static void submit(TelegramApp app) {
    app.page()
        .evaluate(
            "() => setTimeout(() => document.querySelector('.panel form').requestSubmit(), 0)");
  }

  private static void submitCode(TelegramApp app, String code) {
    app.page().evaluate("code => { document.getElementById('code').value = code; }", code);
    submit(app);
  }
}
