package propusk.miniapp.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import propusk.domain.DomainWorld;
import propusk.domain.account.Account;
import propusk.domain.account.Language;
import propusk.domain.account.PhoneNumber;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.event.Event;
import propusk.domain.event.EventDraft;
import propusk.domain.organization.Organization;
import propusk.domain.organization.Slug;
import propusk.domain.outbox.Chat;
import propusk.domain.registration.RegistrationId;
import propusk.domain.signin.SignInId;
import propusk.domain.websession.LoginVia;
import propusk.miniapp.MiniAppWorld;
import propusk.miniapp.browser.Chromium;
import propusk.miniapp.browser.TelegramApp;

/// Takes a picture of each state of `/register`, of an event's page and of a magic link's, driven
/// through real rows. Not among the tests that always run; see the Mini App's own pictures for how.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClubScreenshots {
  private final MiniAppWorld world = new MiniAppWorld();
  private final Chromium chromium = new Chromium();
  private final Path directory = directory();
  private final Account ilya = world.ilya(Language.RU);
  private final Organization shore =
      world.domain.in(handle ->
          world
              .domain
              .organizations
              .create(
                  handle,
                  new Slug("north-shore"),
                  "Клуб «Северный берег»",
                  ZoneId.of("Europe/Moscow"))
              .orElseThrow());

  /// Where a picture is taken.
  enum Frame {
    PHONE_LIGHT(390, 844, ColorScheme.LIGHT),
    PHONE_DARK(390, 844, ColorScheme.DARK),
    WIDE_LIGHT(1280, 800, ColorScheme.LIGHT),
    WIDE_DARK(1280, 800, ColorScheme.DARK),
    NARROW_LIGHT(320, 568, ColorScheme.LIGHT);

    private final int width;
    private final int height;
    private final ColorScheme scheme;

    Frame(int width, int height, ColorScheme scheme) {
      this.width = width;
      this.height = height;
      this.scheme = scheme;
    }
  }

  @AfterAll
  void close() {
    chromium.close();
    world.close();
  }

  @ParameterizedTest
  @EnumSource
  void registering(Frame frame) {
    world.domain.in(handle -> handle.execute("DELETE FROM limit_use"));
    try (var app = open(frame, "/register")) {
      app.says("h1", "Как вас зовут?");
      take(app, "register-name", frame);
      app.page().fill("#name", "Илья");
      app.page().click(".btn-primary");
      app.says(".state", "Ожидаем ваш контакт");
      take(app, "register-wait", frame);
      var id = RegistrationId.parse(parameter(app)).orElseThrow();
      var registrations = world.domain.registrations;
      world.domain.in(
          h -> registrations.open(h, id, ilya.id(), new Chat(DomainWorld.BOT, 139883458)));
      world.domain.in(h -> registrations.contact(h, ilya, new PhoneNumber("+79123456789")));
      var code = world.domain.in(h -> registrations.newCode(h, id)).orElseThrow().value();
      app.says("h1", "Введите код из чата");
      app.page().locator("#code").pressSequentially("381");
      take(app, "register-code", frame);
      app.page().locator("#code").pressSequentially(code.equals("381906") ? "907" : "906");
      app.says("#wrong", "Осталось 4");
      take(app, "register-code-wrong", frame);
      world.domain.clock.advance(Duration.ofMinutes(11));
      app.page().reload();
      app.says("h1", "Время вышло");
      take(app, "register-expired", frame);
      assertEquals(List.of(), app.complaints());
    }
  }

  @ParameterizedTest
  @EnumSource
  void anEvent(Frame frame) {
    world.domain.in(handle -> handle.execute("DELETE FROM limit_use"));
    var event = event(40);
    try (var app = open(frame, event.path())) {
      app.says("#state", "Ждём вас в боте");
      take(app, "event-closed", frame);
      var id = signIn(app);
      var signIns = world.domain.signIns;
      var signIn = world.domain.in(h -> signIns.find(h, id)).orElseThrow();
      world.domain.in(h -> signIns.open(h, signIns.start(signIn), ilya.id()));
      app.says("#state", "Бот открыт");
      take(app, "event-opened", frame);
      world.domain.in(h -> signIns.deny(h, id, ilya.id()));
      app.says("#dead .state", "Вход отклонён");
      take(app, "event-denied", frame);
      app.page().click("#renew button");
      app.says("#state", "Ждём вас в боте");
      world.domain.clock.advance(Duration.ofMinutes(11));
      app.page().reload();
      app.says("#dead", "Код истёк");
      take(app, "event-expired", frame);
      signIn(app, event);
      app.says(".event-panel-title", "записать вас?");
      take(app, "event-join", frame);
      app.page().click(".event-panel button");
      app.says(".event-panel-title", "вы записаны");
      take(app, "event-in", frame);
      assertEquals(List.of(), app.complaints());
    }
    try (var app = open(frame, closed(event(1), true))) {
      app.says("#state", "Ждём вас в боте");
      take(app, "event-full", frame);
    }
    try (var app = open(frame, closed(event(2), false))) {
      app.says(".note", "Событие отменено");
      take(app, "event-cancelled", frame);
    }
    try (var app = open(frame, event(4).path())) {
      world.domain.clock.advance(Duration.ofDays(4));
      app.page().reload();
      app.says(".note", "Событие прошло");
      take(app, "event-past", frame);
    }
  }

  private String closed(Event event, boolean full) {
    if (full) {
      world.domain.in(h -> world.domain.events.register(h, event.id(), ilya.id()));
    } else {
      world.domain.in(h -> world.domain.events.cancel(h, event.id()));
    }
    return event.path();
  }

  private void signIn(TelegramApp app, Event event) {
    var browser = new BrowserInfo(Optional.empty(), Optional.empty(), Optional.empty());
    var session =
        world.domain.in(
            h -> world.webSessions.enter(h, LoginVia.TELEGRAM_CONFIRM, ilya.id(), browser));
    app.page()
        .context()
        .addCookies(
            List.of(
                new Cookie("__Host-session", session.value())
                    .setDomain("localhost")
                    .setPath("/")
                    .setSecure(true)));
    app.open(world.base.resolve(event.path()).toString());
  }

  private static SignInId signIn(TelegramApp app) {
    return app.page().context().cookies().stream()
        .filter(cookie -> cookie.name.equals("__Host-event"))
        .map(cookie -> new SignInId(cookie.value.substring(0, 22)))
        .findFirst()
        .orElseThrow();
  }

  private static String parameter(TelegramApp app) {
    var href = app.page().locator("a.btn-primary").getAttribute("href");
    return href.substring(href.indexOf('=') + 1);
  }

  private Event event(int capacity) {
    var draft =
        new EventDraft(
            "Ночная прогулка по старой верфи",
            world.domain.clock.instant().plus(Duration.ofDays(3)),
            Duration.ofHours(2),
            "Санкт-Петербург",
            "Набережная Лейтенанта Шмидта, 5",
            OptionalInt.of(capacity));
    return world.domain.in(handle -> world.domain.events.create(handle, shore, draft));
  }

  private TelegramApp open(Frame frame, String path) {
    var app = new TelegramApp(chromium.context(frame.width, frame.height), false);
    app.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(frame.scheme));
    app.open(world.base.resolve(path).toString());
    return app;
  }

  private void take(TelegramApp app, String state, Frame frame) {
    var name = "site-" + state + "-" + frame.name().toLowerCase(Locale.ROOT).replace('_', '-');
    app.screenshot(directory.resolve(name + ".png"));
  }

  private static Path directory() {
    try {
      return Files.createDirectories(
          Path.of(System.getProperty("screenshots", "target/screenshots")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
