package propusk.miniapp.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.options.Cookie;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import propusk.domain.account.Account;
import propusk.domain.account.Language;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.event.Event;
import propusk.domain.event.EventDraft;
import propusk.domain.limit.Limit;
import propusk.domain.organization.Organization;
import propusk.domain.organization.Slug;
import propusk.domain.seal.Secret;
import propusk.domain.signin.SignIn;
import propusk.domain.signin.SignInId;
import propusk.domain.signin.SignInKind;
import propusk.domain.websession.LoginVia;
import propusk.miniapp.MiniAppWorld;
import propusk.miniapp.browser.Camera;
import propusk.miniapp.browser.Camera.Frame;
import propusk.miniapp.browser.TelegramApp;

/// Takes a picture of each state of an event's page and of the page of a link from the chat, driven
/// through real rows. Not among the tests that always run; see the Mini App's own pictures for how.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventScreenshots {
  private final MiniAppWorld world = new MiniAppWorld();
  private final Camera camera = new Camera(world.base);
  private final Account ilya = world.ilya(Language.RU);
  private final Account anna = world.domain.person(2, "Анна");
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

  @AfterAll
  void close() {
    camera.close();
    world.close();
  }

  @ParameterizedTest
  @EnumSource
  void aStranger(Frame frame) {
    forgetLimits();
    var event = event(40);
    try (var app = camera.open(frame, event.path())) {
      app.says("#state", "Ждём вас в боте");
      camera.take(app, "event-closed", frame);
      var signIn = signIn(app);
      come(signIn);
      app.says("#state", "Бот открыт");
      camera.take(app, "event-opened", frame);
      world.domain.in(h -> world.domain.signIns.deny(h, signIn.id(), ilya.id()));
      app.says("#dead .state", "Вход отклонён");
      camera.take(app, "event-denied", frame);
      app.page().click("#renew button");
      app.says("#state", "Ждём вас в боте");
      var second = signIn(app);
      come(second);
      int other = second.number() == 10 ? 11 : 10;
      world.domain.in(h -> world.domain.signIns.pick(h, second.id(), ilya.id(), other));
      app.says("#dead .state", "Выбрано другое число");
      camera.take(app, "event-mismatched", frame);
      app.page().click("#renew button");
      app.says("#state", "Ждём вас в боте");
      world.domain.clock.advance(SignInKind.EVENT.life().minusSeconds(2));
      app.page().reload();
      app.says("#pass-veil", "Код истёк");
      camera.take(app, "event-renewing", frame);
      app.says("#state", "Ждём вас в боте");
      world.domain.clock.advance(SignInKind.EVENT.life());
      app.page().reload();
      app.says("#dead", "Код истёк");
      camera.take(app, "event-expired", frame);
      for (int i = 0; i < Limit.SIGN_IN_PER_ADDRESS.amount(); i++) {
        world.domain.in(h -> world.domain.limits.take(h, Limit.SIGN_IN_PER_ADDRESS, "127.0.0.1"));
      }
      app.page().context().clearCookies();
      app.open(world.base.resolve(event.path()).toString());
      app.says("#limited", "Слишком много кодов");
      camera.take(app, "event-limited", frame);
      assertEquals(List.of(), app.complaints());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMember(Frame frame) {
    forgetLimits();
    var event = event(1);
    try (var app = camera.open(frame, "/login")) {
      enter(app, ilya);
      show(app, event);
      app.says(".event-panel-title", "записать вас?");
      camera.take(app, "event-join", frame);
      app.page().click(".event-panel button");
      app.says(".event-panel-title", "вы записаны");
      camera.take(app, "event-in", frame);
      app.page().click(".event-leave summary");
      app.says(".event-leave p", "Отдайте место");
      camera.take(app, "event-leave", frame);
      app.page().click(".event-leave button");
      app.says(".event-panel-title", "Место отдано");
      camera.take(app, "event-left", frame);
      world.domain.in(h -> world.domain.events.register(h, event.id(), anna.id()));
      app.page().reload();
      app.says(".event-panel .lead", "уже заняли");
      camera.take(app, "event-left-taken", frame);
      show(app, event);
      app.says(".event-panel-title", "места нет");
      camera.take(app, "event-no-place", frame);
      var past = event(4);
      world.domain.in(h -> world.domain.events.register(h, past.id(), ilya.id()));
      world.domain.clock.advance(Duration.ofDays(4));
      enter(app, ilya);
      show(app, past);
      app.says(".event-panel .lead", "Спасибо");
      camera.take(app, "event-in-past", frame);
      assertEquals(List.of(), app.complaints());
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotOpen(Frame frame) {
    forgetLimits();
    var full = event(1);
    world.domain.in(h -> world.domain.events.register(h, full.id(), anna.id()));
    var cancelled = event(4);
    world.domain.in(h -> world.domain.events.cancel(h, cancelled.id()));
    var past = event(4);
    try (var app = camera.open(frame, full.path())) {
      app.says("#state", "Ждём вас в боте");
      camera.take(app, "event-full", frame);
      show(app, cancelled);
      app.says(".note", "Событие отменено");
      camera.take(app, "event-cancelled", frame);
      world.domain.clock.advance(Duration.ofDays(4));
      show(app, past);
      app.says(".note", "Событие прошло");
      camera.take(app, "event-past", frame);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLinkFromTheChat(Frame frame) {
    forgetLimits();
    var event = event(40);
    try (var waiting = camera.open(frame, event.path());
        var app = camera.open(frame, "/login")) {
      var path = "/auth/magic/" + link(waiting).value();
      app.open(world.base.resolve(path).toString());
      app.says("h1", "Войти на сайт?");
      camera.take(app, "magic", frame);
      enter(app, anna);
      app.open(world.base.resolve(path).toString());
      app.says("h1", "Войти на сайт?");
      camera.take(app, "magic-other-account", frame);
      app.page().click(".btn-primary");
      app.says(".event-panel-title", "вы записаны");
      app.page().context().clearCookies();
      app.open(world.base.resolve(path).toString());
      app.says("h1", "Ссылка уже использована");
      camera.take(app, "magic-spent", frame);
      app.open(world.base.resolve("/auth/magic/" + "A".repeat(43)).toString());
      app.says("h1", "Такой ссылки нет");
      camera.take(app, "magic-unknown", frame);
      forgetLimits();
      waiting.page().context().clearCookies();
      waiting.open(world.base.resolve(event.path()).toString());
      var old = "/auth/magic/" + link(waiting).value();
      world.domain.clock.advance(Duration.ofMinutes(11));
      app.open(world.base.resolve(old).toString());
      app.says("h1", "Ссылка устарела");
      camera.take(app, "magic-old", frame);
    }
  }

  private void forgetLimits() {
    world.domain.in(handle -> handle.execute("DELETE FROM limit_use"));
  }

  private void come(SignIn signIn) {
    var signIns = world.domain.signIns;
    world.domain.in(h -> signIns.open(h, signIns.start(signIn), ilya.id()));
  }

  /// What the bot sends Ilya with his yes.
  private Secret link(TelegramApp waiting) {
    waiting.says("#state", "Ждём вас в боте");
    var signIn = signIn(waiting);
    come(signIn);
    return world.domain.in(h -> {
      world.domain.signIns.pick(h, signIn.id(), ilya.id(), signIn.number());
      return world.domain.admissions.admit(h, signIn, ilya.id()).link().orElseThrow();
    });
  }

  private void show(TelegramApp app, Event event) {
    app.open(world.base.resolve(event.path()).toString());
  }

  private void enter(TelegramApp app, Account account) {
    var browser = new BrowserInfo(Optional.empty(), Optional.empty(), Optional.empty());
    var session =
        world.domain.in(
            h -> world.webSessions.enter(h, LoginVia.TELEGRAM_CONFIRM, account.id(), browser));
    app.page()
        .context()
        .addCookies(
            List.of(
                new Cookie("__Host-session", session.value())
                    .setDomain("localhost")
                    .setPath("/")
                    .setSecure(true)));
  }

  private SignIn signIn(TelegramApp app) {
    var id =
        app.page().context().cookies().stream()
            .filter(cookie -> cookie.name.equals("__Host-event"))
            .map(cookie -> new SignInId(cookie.value.substring(0, 22)))
            .findFirst()
            .orElseThrow();
    return world.domain.in(h -> world.domain.signIns.find(h, id)).orElseThrow();
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
}
