package propusk.bot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import propusk.domain.account.Language;
import propusk.domain.alert.AlertKind;
import propusk.domain.alert.Alerts;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.session.SealedSession;
import propusk.domain.session.SessionState;
import propusk.domain.session.TelegramSessionId;
import propusk.domain.session.TelegramSessions;
import propusk.domain.worker.WorkerProcess;
import propusk.domain.worker.Workers;
import propusk.sandbox.person.SandboxPerson;

/// Commands about saved sessions, stale buttons, and what the operator hears; what a worker does to
/// the rows is done here by hand.
class SessionStoryTest {
  private static BotFixture bot;
  private static SandboxPerson admin;
  private static int sessions;

  @BeforeAll
  static void start() {
    bot = new BotFixture();
    admin = bot.person("en");
    admin.send("/start");
    admin.awaitMessage("Hello");
    bot.restartBotFor(admin);
  }

  @AfterAll
  static void stop() {
    bot.close();
  }

  @Test
  void withoutASessionEachCommandSaysSo() {
    var ann = bot.person("en");
    ann.send("/sessions");
    ann.awaitMessage("We hold no Telegram session.");
    ann.send("/logout");
    ann.awaitMessage("We hold no Telegram session.");
  }

  @Test
  void theLinkOfOurPagesLeadsToANewLogin() {
    var ilya = bot.person("ru");
    ilya.send("/start login");
    ilya.awaitMessage("Нужен инвайт код");
    bot.activate(ilya, "premium");
    ilya.send("/start login");
    var offered = ilya.awaitMessage("Подключим Telegram заново");
    assertTrue(ilya.tap(offered, "QR").orElseThrow().contains("/qr-auth?session_id="));
  }

  @Test
  void theBrowsersThatAreSignedInAreListedWithTheWayToEndThem() {
    var ann = bot.person("en");
    ann.send("/sessions");
    var none = ann.awaitMessage("We hold no Telegram session.");
    assertFalse(none.text().contains("website"), none.text());
    for (int browsers = 0; browsers < 6; browsers++) {
      bot.signInToTheWebsite(
          ann, new BrowserInfo(Optional.of("Chrome"), Optional.of("Windows"), Optional.empty()));
    }
    bot.signInToTheWebsite(
        ann, new BrowserInfo(Optional.empty(), Optional.empty(), Optional.empty()));
    ann.send("/sessions");
    var told = ann.awaitMessage("You are signed in to the website here:");
    assertTrue(told.text().contains("• Chrome on Windows, at "), told.text());
    assertTrue(told.text().endsWith("and 2 more browsers"), told.text());
    assertTrue(ann.tap(told, "Website sessions").orElseThrow().endsWith("/account/sessions"));
  }

  @Test
  void theMenuButtonOpensTheHomeOfTheMiniApp() {
    var ann = bot.person("en");
    BotFixture.await("the menu button", () -> ann.openMenu().isPresent());
    var home = ann.openMenu().orElseThrow();
    assertTrue(home.contains("/app#tgWebAppData="), home.substring(0, home.indexOf('#')));
  }

  @ParameterizedTest
  @EnumSource(
      value = SessionState.class,
      names = {"REVOKED", "DEACTIVATED", "DUPLICATED", "DAMAGED", "QUARANTINED"})
  void everyEndHasWordsForThePersonAndForTheOperator(SessionState state) {
    var ilya = bot.person("ru");
    ilya.send("/start");
    ilya.awaitMessage("Здравствуйте");
    bot.activate(ilya, "premium");
    var session = connect(ilya);
    bot.jdbi.useTransaction(handle -> {
      var worker = new Workers(bot.clock).register(handle, new WorkerProcess("host", 1, 1));
      var store = new TelegramSessions(bot.clock);
      store.end(handle, store.lease(handle, session, worker).orElseThrow(), state);
    });
    var told = ilya.awaitMessage("Подписка остаётся");
    assertTrue(told.text().contains("/login"), told.text());
    assertFalse(told.text().contains("{"), told.text());
    bot.advance(Alerts.PAUSE.plusSeconds(1));
    var alert = admin.awaitMessage("Telegram id: " + ilya.id());
    assertTrue(alert.text().startsWith("⚠️ For the operator"), alert.text());
    assertEquals(
        1,
        bot.count(
            "SELECT count(*) FROM alert WHERE subject = '"
                + session.value()
                + "' AND told_at IS NOT NULL"));
    ilya.send("/sessions");
    assertEquals(told.text(), ilya.awaitMessage("Подписка остаётся").text());
  }

  @ParameterizedTest
  @EnumSource(
      value = AlertKind.class,
      names = {"API_REJECTED", "RUN_BROKEN"})
  void faultsOfOursAreToldWithTheirCode(AlertKind kind) {
    bot.advance(Alerts.PAUSE.plusSeconds(1));
    bot.jdbi.useTransaction(handle -> new Alerts(bot.clock).raise(handle, kind, "login"));
    admin.awaitMessage(kind == AlertKind.API_REJECTED ? "code API-1" : "code RUN-1");
  }

  @Test
  void theButtonOfAnEarlierSessionDoesNotEndTheNewOne() {
    var ilya = bot.person("ru");
    ilya.send("/start");
    ilya.awaitMessage("Здравствуйте");
    connect(ilya);
    ilya.send("/logout");
    var old = ilya.awaitMessage("Отключить");
    // A newer login replaces the session.
    connect(ilya);
    ilya.tap(old, "Отключить");
    ilya.awaitMessage("Завершаем сеанс в Telegram");
    assertEquals(
        1,
        bot.count(
            "SELECT count(*) FROM telegram_session WHERE state = 'live' AND telegram_id = "
                + ilya.id()));
  }

  @Test
  void aForgottenDeleteButtonErasesNothing() {
    var ilya = bot.person("ru");
    ilya.send("/delete_me");
    var asked = ilya.awaitMessage("Удалить все ваши данные?");
    bot.advance(Duration.ofMinutes(16));
    ilya.tap(asked, "Удалить всё");
    ilya.awaitMessage("Эта кнопка устарела, ничего не удалено");
    assertEquals(Language.RU, bot.account(ilya).language());
  }

  @Test
  void deletionPressedTwiceIsDoneOnceAndTellsInTheLanguage() {
    var ann = bot.person("en");
    ann.send("/delete_me");
    var asked = ann.awaitMessage("Delete all your data?");
    ann.tap(asked, "Delete everything");
    ann.awaitMessage("your data are deleted");
    assertEquals(0, bot.count("SELECT count(*) FROM account WHERE telegram_id = " + ann.id()));
    assertEquals(
        1,
        ann.messages().stream().filter(it -> it.text().contains("your data are deleted")).count());
  }

  private TelegramSessionId connect(SandboxPerson person) {
    var id = new TelegramSessionId("session%015d".formatted(++sessions));
    bot.jdbi.useTransaction(handle ->
        new TelegramSessions(bot.clock)
            .store(
                handle,
                id,
                bot.account(person).id(),
                bot.account(person).telegramId(),
                new SealedSession(new byte[32], new byte[64])));
    return id;
  }
}
