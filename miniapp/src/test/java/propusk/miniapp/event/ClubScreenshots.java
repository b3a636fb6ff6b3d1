package propusk.miniapp.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import propusk.domain.DomainWorld;
import propusk.domain.account.Account;
import propusk.domain.account.Language;
import propusk.domain.account.PhoneNumber;
import propusk.domain.limit.Limit;
import propusk.domain.organization.OrganizationId;
import propusk.domain.outbox.Chat;
import propusk.domain.registration.RegistrationId;
import propusk.domain.registration.VouchOutcome;
import propusk.miniapp.MiniAppWorld;
import propusk.miniapp.browser.Camera;
import propusk.miniapp.browser.Camera.Frame;
import propusk.miniapp.browser.TelegramApp;

/// Takes a picture of each state of `/register`, driven through real rows. Not among the tests that
/// always run; see the Mini App's own pictures for how.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClubScreenshots {
  private final MiniAppWorld world = new MiniAppWorld();
  private final Camera camera = new Camera(world.base);
  private final Account ilya = world.ilya(Language.RU);
  private final OrganizationId shore = world.domain.organization("shore").id();

  @AfterAll
  void close() {
    camera.close();
    world.close();
  }

  @ParameterizedTest
  @EnumSource
  void registering(Frame frame) {
    world.domain.in(handle -> handle.execute("DELETE FROM limit_use"));
    try (var app = camera.open(frame, "/register")) {
      app.says("h1", "Как вас зовут?");
      camera.take(app, "register-name", frame);
      app.page().fill("#name", "1");
      app.page().click(".btn-primary");
      app.says("#wrong", "Нужно имя");
      camera.take(app, "register-name-wrong", frame);
      app.page().fill("#name", "Илья");
      app.page().click(".btn-primary");
      app.says(".state", "Ожидаем ваш контакт");
      camera.take(app, "register-wait", frame);
      var id = RegistrationId.parse(parameter(app)).orElseThrow();
      var registrations = world.domain.registrations;
      world.domain.in(
          h -> registrations.open(h, id, ilya.id(), new Chat(DomainWorld.BOT, 139883458)));
      app.says(".state", "Бот открыт");
      world.domain.in(h -> registrations.contact(h, ilya, new PhoneNumber("+79123456789")));
      app.says(".state", "Контакт получен");
      camera.take(app, "register-received", frame);
      var code = world.domain.in(h -> registrations.newCode(h, id)).orElseThrow().value();
      app.says("h1", "Введите код из чата");
      app.page().locator("#code").pressSequentially("381");
      camera.take(app, "register-code", frame);
      app.page().locator("#code").pressSequentially(code.equals("381906") ? "907" : "906");
      app.says("#wrong", "Осталось 4");
      camera.take(app, "register-code-wrong", frame);
      for (int left = 3; left >= 0; left--) {
        app.page().locator("#code").fill(code.equals("381906") ? "381907" : "381906");
        app.says("#wrong", left > 0 ? "Остал" : "Попытки кончились");
      }
      world.domain.clock.advance(Duration.ofSeconds(61));
      app.page().reload();
      app.says("#again", "Прислать новый");
      camera.take(app, "register-code-dead", frame);
      world.domain.clock.advance(Duration.ofMinutes(11));
      app.page().reload();
      app.says("h1", "Время вышло");
      camera.take(app, "register-expired", frame);
      assertEquals(List.of(), app.complaints());
    }
    try (var app = camera.open(frame, "/register")) {
      app.page().fill("#name", "Илья");
      app.page().click(".btn-primary");
      app.says(".state", "Ожидаем ваш контакт");
      var id = RegistrationId.parse(parameter(app)).orElseThrow();
      var phone = new PhoneNumber("+79123456789");
      var made =
          world.domain.<VouchOutcome>in(
              h -> world.domain.registrations.vouch(h, id, shore, ilya, phone));
      app.says("h1", "Введите код из чата");
      app.page().locator("#code").pressSequentially(((VouchOutcome.CodeMade) made).code().value());
      app.says("h1", "Готово, вы зарегистрированы");
      camera.take(app, "register-done", frame);
      for (int i = 0; i < Limit.REGISTER_PER_ADDRESS.amount(); i++) {
        world.domain.in(h -> world.domain.limits.take(h, Limit.REGISTER_PER_ADDRESS, "127.0.0.1"));
      }
    }
    try (var app = camera.open(frame, "/register")) {
      app.page().fill("#name", "Илья");
      app.page().click(".btn-primary");
      app.says("#wrong", "Слишком много попыток");
      camera.take(app, "register-limit", frame);
    }
  }

  private static String parameter(TelegramApp app) {
    var href = app.page().locator("a.btn-primary").getAttribute("href");
    return href.substring(href.indexOf('=') + 1);
  }
}
