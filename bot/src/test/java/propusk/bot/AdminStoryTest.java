package propusk.bot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import propusk.domain.account.AccountPhones;
import propusk.domain.account.PhoneNumber;
import propusk.sandbox.person.SandboxPerson;

/// What only an admin may ask, and what others hear who ask the same.
class AdminStoryTest {
  private static BotFixture bot;
  private static SandboxPerson admin;

  @BeforeAll
  static void start() {
    bot = new BotFixture();
    admin = bot.person("ru");
    bot.restartBotFor(admin);
    admin.send("/start");
    admin.awaitMessage("Здравствуйте");
  }

  @AfterAll
  static void stop() {
    bot.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/invite premium",
        "/debug_status",
        "/debug_reset",
        "/debug_test_phone +79990000000",
        "/debug_nothing"
      })
  void othersHearWhatAnUnknownCommandIsAnswered(String command) {
    var ilya = bot.person("ru");
    long audited = audited();
    ilya.send(command);
    assertEquals(
        "Такой команды нет. Все команды: /help", ilya.awaitMessage("Такой команды").text());
    ilya.send("/help");
    assertFalse(ilya.awaitMessage("Что я умею").text().contains("/invite"));
    assertEquals(audited, audited());
  }

  @Test
  void anAdminMakesAnInviteThatWorksAndItIsAudited() {
    admin.send("/invite premium 2 30");
    var made = admin.awaitMessage("Приглашение готово").text();
    assertTrue(made.contains("2 человека"), made);
    var login = made.lines().filter(line -> line.startsWith("/login ")).findFirst().orElseThrow();
    var ilya = bot.person("ru");
    ilya.send(login);
    ilya.awaitMessage("Подписка: Premium");
    assertEquals(
        1,
        bot.count(
            "SELECT count(*) FROM audit JOIN invite i ON subject = 'invite:' || i.id WHERE action ="
                + " 'invite_created' AND max_uses = 2 AND actor = 'telegram:"
                + admin.id()
                + "'"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "gold",
        "premium 0",
        "premium -1",
        "premium 9999999",
        "premium 1 1 1",
        "premium 1 x"
      })
  void anInviteThatCannotBeMadeIsExplained(String argument) {
    long invites = bot.count("SELECT count(*) FROM invite");
    admin.send("/invite " + argument);
    admin.awaitMessage("Тарифы: trial, basic, premium");
    assertEquals(invites, bot.count("SELECT count(*) FROM invite"));
  }

  @Test
  void theStatusOfAnAccountHasTheWordsOfTheUsersView() {
    var ilya = bot.person("ru");
    ilya.send("/start");
    ilya.awaitMessage("Здравствуйте");
    bot.activate(ilya, "premium");
    admin.send("/debug_status " + ilya.id());
    var status = admin.awaitMessage("Статус в БД").text();
    assertTrue(
        status.startsWith(
            """
            🔧 Статус в БД

            telegram_id: %d
            first_name: Илья
            is_authenticated: f
            subscription_type: premium
            """
                .formatted(ilya.id())),
        status);
    assertTrue(status.contains("Тариф Premium: ✅ активен"), status);
    admin.send("/debug_status");
    admin.awaitMessage("telegram_id: " + admin.id());
    admin.send("/debug_status 1");
    admin.awaitMessage("Аккаунта 1 в базе нет");
    admin.send("/debug_status @ilya");
    admin.awaitMessage("Чей статус показать");
  }

  @Test
  void aResetAsksFirstAndThenErasesThatAccountAlone() {
    var ilya = bot.person("ru");
    ilya.send("/start");
    ilya.awaitMessage("Здравствуйте");
    bot.activate(ilya, "premium");
    admin.send("/debug_reset " + ilya.id());
    var kept = admin.awaitMessage("Стереть все данные аккаунта?");
    admin.tap(kept, "Не стирать");
    admin.awaitMessage("Ничего не стёрто");
    admin.send("/debug_reset " + ilya.id());
    var asked = admin.awaitMessage("Стереть все данные аккаунта?");
    assertEquals(1, accounts(ilya));
    admin.tap(asked, "Стереть всё");
    admin.awaitMessage("Стираем данные");
    ilya.awaitMessage("ваши данные удалены");
    assertEquals(0, accounts(ilya));
    assertEquals(1, accounts(admin));
    assertEquals(
        1,
        bot.count(
            "SELECT count(*) FROM audit WHERE action = 'account_reset' AND subject = 'telegram:"
                + ilya.id()
                + "'"));
  }

  @Test
  void aForgottenOrForeignResetButtonErasesNothing() {
    var ilya = bot.person("ru");
    ilya.send("/start");
    ilya.awaitMessage("Здравствуйте");
    admin.send("/debug_reset " + ilya.id());
    var asked = admin.awaitMessage("Стереть все данные аккаунта?");
    bot.advance(Duration.ofMinutes(16));
    admin.tap(asked, "Стереть всё");
    admin.awaitMessage("ничего не стёрто");
    // The same press, as an app under somebody else's control would send it.
    var odd = new OddUpdates(bot);
    odd.press(ilya, "reset:%d:%d".formatted(admin.id(), bot.clock.instant().getEpochSecond()));
    odd.awaitHandled();
    assertEquals(1, accounts(admin));
    assertEquals(0, bot.count("SELECT count(*) FROM deletion"));
  }

  @Test
  void aNumberIsLookedUpAndTelegramIsNotAskedAboutIt() {
    var ilya = bot.person("ru");
    ilya.send("/start");
    ilya.awaitMessage("Здравствуйте");
    bot.jdbi.useTransaction(handle ->
        new AccountPhones(bot.sealer)
            .remember(handle, bot.account(ilya).id(), new PhoneNumber("+79123456789")));
    admin.send("/debug_test_phone +7 (912) 345-67-89");
    var known = admin.awaitMessage("··· 67-89").text();
    assertTrue(known.contains("Telegram id " + ilya.id()), known);
    assertTrue(known.contains("Живого сеанса нет"), known);
    admin.send("/debug_test_phone +79120000000");
    admin.awaitMessage("в базе такого номера нет");
    admin.send("/debug_test_phone 89123456789");
    admin.awaitMessage("Какой номер проверить");
    assertEquals(0, bot.count("SELECT count(*) FROM audit WHERE subject LIKE '%912%'"));
  }

  @Test
  void theMenuIsInThePersonsLanguageAndAnAdminsIsLonger() {
    var ilya = bot.person("ru");
    var ann = bot.person("en");
    var reset = "Стереть все данные аккаунта";
    BotFixture.await("the admin's menu", () -> menu(admin).contains(reset));
    assertEquals("Ваш тариф и лимиты", menu(ilya).get(1));
    assertEquals("Your plan and limits", menu(ann).get(1));
    assertFalse(menu(ilya).contains(reset));
    assertTrue(menu(admin).containsAll(menu(ilya)));
  }

  private static List<String> menu(SandboxPerson person) {
    return bot.client
        .get("/sandbox/users/" + person.id() + "/chats")
        .path(0)
        .path("commands")
        .valueStream()
        .map(command -> command.path("description").asString())
        .toList();
  }

  private static long accounts(SandboxPerson person) {
    return bot.count("SELECT count(*) FROM account WHERE telegram_id = " + person.id());
  }

  private static long audited() {
    return bot.count("SELECT count(*) FROM audit");
  }
}
