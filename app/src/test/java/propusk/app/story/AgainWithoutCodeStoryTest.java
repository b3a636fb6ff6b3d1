package propusk.app.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import propusk.miniapp.browser.Chromium;
import propusk.sandbox.person.SandboxPerson;

/// Who connected once enters the website without a code: a browser that is known by itself, another
/// one after the number was picked in the bot; and what happens when the session dies at Telegram.
class AgainWithoutCodeStoryTest {
  private static Town town;
  private static Chromium chromium;

  @BeforeAll
  static void start() {
    town = Town.start();
    chromium = new Chromium();
  }

  @AfterAll
  static void end() {
    chromium.close();
    town.close();
  }

  @Test
  void theSameBrowserNeedsNoCodeAFreshOneAYesAndADeadSessionIsConnectedAgain() {
    var ilya = connected("Илья");
    var phone = "+" + ilya.phone();
    try (var page = new SitePage(town, chromium);
        var fresh = new SitePage(town, chromium)) {
      // The first time: by the link that the QR code shows.
      page.open("/login");
      page.press("Войти через Telegram");
      page.says("h1", "Откройте бота в Telegram");
      ilya.send("/start " + page.startParameter());
      pick(ilya, page);
      page.says("h1", "Здравствуйте, Илья");

      // Later, in the same browser: the number, and nothing else.
      page.press("Выйти");
      page.says("h1", "Вход");
      page.fill("#phone", phone);
      page.press("Продолжить");
      page.says("h1", "Здравствуйте, Илья");
      assertEquals("telegram_direct", lastVia(ilya));

      // A browser that nobody knows: the bot asks, and the page goes on by itself.
      fresh.open("/login");
      fresh.fill("#phone", phone);
      fresh.press("Продолжить");
      fresh.says("h1", "Выберите это число в Telegram");
      assertFalse(fresh.hasCookie("__Host-session"));
      pick(ilya, fresh);
      fresh.says("h1", "Здравствуйте, Илья");
      assertEquals("telegram_confirm", lastVia(ilya));

      // Telegram ends the session. The next direct entry finds that out, says so, and lets nobody
      // in.
      ilya.revoke(ilya.sessions().getFirst().id(), "SESSION_REVOKED");
      staleByAMinute(ilya);
      page.press("Выйти");
      page.says("h1", "Вход");
      page.fill("#phone", phone);
      page.press("Продолжить");
      page.says(".entry-note", "Telegram отключён");
      assertFalse(page.hasCookie("__Host-session"));
      ilya.awaitMessage("Telegram завершил наш сеанс");
      assertEquals("premium", town.rows().userRow(ilya).get("subscription_type"));

      // Connected again in this browser, it is known again.
      page.askForCode(phone);
      page.typeCode(ilya.awaitLoginCode());
      page.says("h1", "Здравствуйте, Илья");
      page.press("Выйти");
      page.says("h1", "Вход");
      page.fill("#phone", phone);
      page.press("Продолжить");
      page.says("h1", "Здравствуйте, Илья");
      assertEquals("telegram_direct", lastVia(ilya));
      assertEquals(List.of(), page.complaints());
      for (var address : page.addresses()) {
        assertFalse(address.contains(ilya.phone()), address);
      }
    }
    assertEquals(0, town.rows().mentions(ilya.phone()), "the number is in no clear row");
  }

  private static SandboxPerson connected(String name) {
    var person = town.person(name);
    var page = town.openPage(person, town.invite("premium", 1));
    page.open();
    person.scan(page.link());
    page.await("completed");
    person.awaitMessage("Авторизация успешна!");
    return person;
  }

  private static void pick(SandboxPerson person, SitePage page) {
    var question = person.awaitMessage("🔐 Кто-то входит на");
    assertTrue(question.text().contains("Chrome на Linux"), question.text());
    person.tap(question, page.number());
  }

  private static String lastVia(SandboxPerson person) {
    return town.jdbi()
        .withHandle(handle ->
            handle
                .createQuery(
                    "SELECT login_via FROM web_session s JOIN account a ON a.id = s.account_id"
                        + " WHERE a.telegram_id = :id ORDER BY s.created_at DESC LIMIT 1")
                .bind("id", person.id())
                .mapTo(String.class)
                .one());
  }

  /// As if the last check lay two minutes back: the next entry asks Telegram.
  private static void staleByAMinute(SandboxPerson person) {
    town.jdbi()
        .useHandle(handle ->
            handle.execute(
                "UPDATE telegram_session SET checked_at = checked_at - interval '2 minutes' WHERE"
                    + " telegram_id = ? AND state = 'live'",
                person.id()));
  }
}
