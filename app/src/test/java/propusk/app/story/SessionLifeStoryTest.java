package propusk.app.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import propusk.sandbox.person.SandboxMessage;
import propusk.sandbox.person.SandboxPerson;

/// What a person can do about the session that we hold, and what they hear when it ends without
/// them: in the chat, with the real TDLib in a worker process, and with Telegram's own list of
/// devices.
class SessionLifeStoryTest {
  private static Town town;

  @BeforeAll
  static void start() {
    town = Town.start();
    town.admin().send("/start");
    town.admin().awaitMessage("Здравствуйте");
  }

  @AfterAll
  static void end() {
    town.close();
  }

  @AfterEach
  void nothingGoesWrongAnyMore() {
    town.telegram().noFaults();
  }

  @Test
  void sessionsShowsItLogoutAsksAndEndsItAtTelegramAndSaysWhenItIsDone() {
    var ilya = connected("Илья");
    ilya.send("/sessions");
    var shown = ilya.awaitMessage("Ваш сеанс Telegram");
    assertTrue(shown.text().contains("✅ На связи: проверен в "), shown.text());
    ilya.tap(shown, "Завершить сеанс");
    var asked =
        ilya.awaitMessage("Мы завершим сеанс в Telegram и сотрём его у себя. Подписка останется.");
    assertEquals(shown.messageId(), asked.messageId());
    ilya.tap(asked, "Не отключать");
    ilya.awaitMessage("Сеанс остаётся подключённым");
    assertEquals(1, ilya.sessions().size());

    ilya.send("/logout");
    var confirm = ilya.awaitMessage("Отключить Илья?");
    ilya.tap(confirm, "Отключить");
    var done = ilya.awaitMessage("✅ Сеанс завершён");
    assertTrue(
        done.text().contains("в Telegram его больше нет, у нас он стёрт. Подписка остаётся."),
        done.text());
    assertEquals(List.of(), ilya.sessions());
    assertEquals(Map.of("ended", 1L), town.rows().sessionStates(ilya));
    assertEquals(
        0,
        town.rows()
            .count(
                "SELECT count(*) FROM telegram_session WHERE sealed IS NOT NULL AND telegram_id = "
                    + ilya.id()));

    ilya.send("/subscription");
    assertTrue(
        ilya.awaitMessage("Ваша подписка")
            .text()
            .endsWith("⚠️ Telegram не подключён. Подключить: /login"));
    ilya.send("/logout");
    ilya.awaitMessage("✅ Сеанс завершён");
    assertEquals(0, alertsOf(ilya));
  }

  @Test
  void aSessionEndedInTelegramIsNoticedAndPersonAndOperatorAreToldOnce() {
    var anna = connected("Анна");
    anna.revoke(anna.sessions().getFirst().id(), "SESSION_REVOKED");
    town.rows().wantCheck(anna);
    var told = anna.awaitMessage("Telegram завершил наш сеанс");
    assertTrue(
        told.text()
            .matches(
                "⚠️ Telegram завершил наш сеанс в \\d\\d:\\d\\d\\. Подписка остаётся\\. Подключить"
                    + " заново: /login"),
        told.text());
    town.admin()
        .awaitMessage(
            "Сеанс завершён в Telegram, человек предупреждён, подписка остаётся. Telegram id: "
                + anna.id(),
            Await.PATIENCE.multipliedBy(3));
    assertEquals(false, town.rows().userRow(anna).get("is_authenticated"));
    assertEquals("premium", town.rows().userRow(anna).get("subscription_type"));
    anna.send("/sessions");
    anna.awaitMessage("⚠️ Telegram завершил наш сеанс");
  }

  @Test
  void deleteMeEndsTheSessionAtTelegramAndLeavesNoRowBehindButTheInvitesCount() {
    var invite = town.invite("premium", 5);
    var vera = connected("Вера", invite);
    long account = town.rows().accountOf(vera);
    long used = used(invite);
    vera.send("/delete_me");
    var asked = vera.awaitMessage("Удалить все ваши данные?");
    assertTrue(
        asked.text().contains("• сохранённый сеанс Telegram\n  • подписку Premium"), asked.text());
    vera.tap(asked, "Не удалять");
    vera.awaitMessage("Ничего не удалено");

    vera.send("/delete_me");
    vera.tap(vera.awaitMessage("Удалить все ваши данные?"), "Удалить всё");
    var done = vera.awaitMessage("ваши данные удалены");
    assertFalse(done.text().contains("Один из сеансов"), done.text());
    assertEquals(List.of(), vera.sessions());
    // Rows of the last messages go two days later.
    var left = town.rows().rowsThatName(vera, account);
    left.remove("outbox chat_id");
    assertEquals(Map.of(), left);
    assertEquals(used, used(invite));

    vera.send("/subscription");
    vera.awaitMessage("Подписки пока нет");
    vera.send("/start");
    vera.awaitMessage("Здравствуйте");
  }

  @Test
  void deleteMeDuringARunningLoginStopsItFirst() {
    var boris = town.person("Борис");
    var page = town.openPage(boris, town.invite("premium", 1));
    page.open();
    var link = page.link();
    long account = town.rows().accountOf(boris);
    boris.send("/delete_me");
    boris.tap(boris.awaitMessage("Удалить все ваши данные?"), "Удалить всё");
    boris.awaitMessage("ваши данные удалены");
    var left = town.rows().rowsThatName(boris, account);
    left.remove("outbox chat_id");
    assertEquals(Map.of(), left);
    assertEquals(List.of(), boris.sessions());
    assertFalse(town.telegram().codes().contains(link));
    assertEquals(0, town.rows().count("SELECT sum(reserved) FROM invite"));
  }

  @Test
  void whileTelegramIsAwayDeleteMeSaysSoAndGoesOnByItself() {
    var lev = connected("Лев");
    town.telegram().faults(Map.of("offline", true));
    lev.send("/delete_me");
    var asked = lev.awaitMessage("Удалить все ваши данные?");
    lev.tap(asked, "Удалить всё");
    lev.awaitMessage("Если Telegram не отвечает, повторяем сами");
    lev.send("/login");
    lev.awaitMessage("Мы удаляем ваши данные");
    assertEquals(Map.of("log_out_pending", 1L), town.rows().sessionStates(lev));
    town.telegram().noFaults();
    lev.awaitMessage("ваши данные удалены", Await.PATIENCE.multipliedBy(4));
    assertEquals(List.of(), lev.sessions());
  }

  private static SandboxPerson connected(String name) {
    return connected(name, town.invite("premium", 1));
  }

  private static SandboxPerson connected(String name, String invite) {
    var person = town.person(name);
    var page = town.openPage(person, invite);
    page.open();
    person.scan(page.link());
    page.await("completed");
    SandboxMessage told = person.awaitMessage("Авторизация успешна!");
    assertTrue(told.fromBot());
    assertEquals(1, person.sessions().size());
    return person;
  }

  private static long used(String invite) {
    return town.rows()
        .count("SELECT used FROM invite WHERE hint = '%s'".formatted(invite.substring(8)));
  }

  private static long alertsOf(SandboxPerson person) {
    return town.rows()
        .count(
            "SELECT count(*) FROM alert WHERE subject IN (SELECT id FROM telegram_session WHERE telegram_id = %d)"
                .formatted(person.id()));
  }
}
