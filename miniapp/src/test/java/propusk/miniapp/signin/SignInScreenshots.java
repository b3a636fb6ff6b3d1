package propusk.miniapp.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import propusk.domain.signin.SignInId;
import propusk.domain.signin.SignInKind;
import propusk.miniapp.MiniAppWorld;
import propusk.miniapp.browser.Camera;
import propusk.miniapp.browser.Camera.Frame;
import propusk.miniapp.browser.TelegramApp;

/// Takes a picture of each state of `/login` and of the page that waits for a yes, driven through
/// real rows. Not among the tests that always run; see the Mini App's own pictures for how.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInScreenshots {
  private final MiniAppWorld world = new MiniAppWorld();
  private final Camera camera = new Camera(world.base);

  @AfterAll
  void close() {
    camera.close();
    world.close();
  }

  @ParameterizedTest
  @EnumSource
  void theWayIn(Frame frame) {
    world.domain.in(handle -> handle.execute("DELETE FROM limit_use"));
    var ilya = new Person(world).connected();
    try (var app = camera.open(frame, "/login")) {
      app.says("h1", "Вход");
      camera.take(app, "login", frame);
      app.page().fill("#phone", "+7 912 345");
      app.page().click("#by-number .btn-primary");
      app.says("#wrong", "Не хватает цифр");
      camera.take(app, "login-short", frame);
      ask(app, ilya);
      camera.take(app, "approve", frame);
      ilya.denies(token(app));
      app.says("h1", "Вход отклонён");
      camera.take(app, "denied", frame);

      world.domain.clock.advance(Duration.ofMinutes(16));
      ask(app, ilya);
      picksAnother(ilya, token(app));
      app.says("h1", "Выбрано другое число");
      camera.take(app, "mismatched", frame);

      ask(app, ilya);
      world.domain.clock.advance(SignInKind.APPROVAL.life());
      world.domain.in(handle -> world.domain.signIns.endOverdue(handle));
      app.says("h1", "Ответа не было");
      camera.take(app, "no-answer", frame);

      app.page().click("text=Войти по QR");
      app.says("h1", "Откройте бота");
      camera.take(app, "qr", frame);
      comes(ilya, token(app));
      app.says("#state-words", "Бот открыт");
      camera.take(app, "qr-opened", frame);
      ilya.says(token(app));
      app.page().waitForURL("**/dashboard");
      assertEquals(List.of(), app.complaints());
    }
  }

  @ParameterizedTest
  @EnumSource
  void anEndedSessionIsSaid(Frame frame) {
    world.domain.in(handle -> handle.execute("DELETE FROM limit_use"));
    var ilya = new Person(world).connected();
    try (var app = camera.open(frame, "/login")) {
      app.page().click("#by-telegram .btn");
      app.says("h1", "Откройте бота");
      comes(ilya, token(app));
      ilya.says(token(app));
      app.page().waitForURL("**/dashboard");
      ilya.disconnected();
      world.domain.in(handle -> world.webSessions.revokeAll(handle, ilya.account.id()));
      app.page().navigate(world.base.resolve("/login").toString());
      app.says(".entry-note", "Telegram отключён");
      camera.take(app, "login-dead", frame);
    }
  }

  private void ask(TelegramApp app, Person person) {
    app.page().navigate(world.base.resolve("/login").toString());
    app.page().fill("#phone", person.number.e164());
    app.page().click("#by-number .btn-primary");
    app.says("h1", "Выберите это число");
  }

  private void comes(Person person, String token) {
    world.domain.in(handle -> {
      var signIn = world.domain.signIns.find(handle, new SignInId(token)).orElseThrow();
      return world.domain.signIns.open(
          handle, world.domain.signIns.start(signIn), person.account.id());
    });
  }

  private void picksAnother(Person person, String token) {
    world.domain.in(handle -> {
      var signIn = world.domain.signIns.find(handle, new SignInId(token)).orElseThrow();
      int other =
          signIn.choices().stream().filter(it -> it != signIn.number()).findFirst().orElseThrow();
      return world.domain.signIns.pick(handle, signIn.id(), person.account.id(), other);
    });
  }

  private static String token(TelegramApp app) {
    var url = app.page().url();
    return url.substring(url.lastIndexOf('/') + 1);
  }
}
