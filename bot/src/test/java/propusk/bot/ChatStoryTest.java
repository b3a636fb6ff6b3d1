package propusk.bot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ChatStoryTest {
  private static BotFixture bot;

  @BeforeAll
  static void start() {
    bot = new BotFixture();
  }

  @AfterAll
  static void stop() {
    bot.close();
  }

  @Test
  void startGreetsInThePersonsLanguage() {
    var ilya = bot.person("ru");
    ilya.send("/start");
    ilya.awaitMessage("👋 Здравствуйте!");
    var ann = bot.person("en");
    ann.send("/start");
    ann.awaitMessage("👋 Hello!");
  }

  @Test
  void aStartLinkWeDoNotKnowGetsAPlainAnswer() {
    var ilya = bot.person("ru");
    ilya.send("/start auth_AAAAAAAAAAAAAAAAAAAAAA");
    ilya.awaitMessage("Эта ссылка не подошла");
  }

  @Test
  void helpAndPrivacyAnswerInBothLanguages() {
    var ilya = bot.person("ru");
    ilya.send("/help");
    ilya.awaitMessage("Что я умею");
    ilya.send("/privacy@propusk_bot");
    ilya.awaitMessage("Что мы храним");
    var ann = bot.person("de");
    ann.send("/HELP");
    ann.awaitMessage("What I can do");
    ann.send("/privacy");
    ann.awaitMessage("What we keep");
  }

  @Test
  void whatWeDoNotUnderstandGetsAKindAnswer() {
    var ilya = bot.person("ru");
    ilya.send("/no_such_command");
    ilya.awaitMessage("Такой команды нет");
    ilya.send("привет");
    ilya.awaitMessage("Я понимаю только команды");
    ilya.send("/");
    ilya.awaitMessage("Я понимаю только команды");
    ilya.shareContact(ilya.id(), "+79990000000", "Илья");
    ilya.awaitMessage("Я понимаю только команды");
    ilya.send("я".repeat(4096));
    ilya.awaitMessage("Я понимаю только команды");
  }

  @Test
  void subscriptionShowsThePlanAsItIs() {
    var ilya = bot.person("ru");
    ilya.send("/subscription");
    ilya.awaitMessage("Подписки пока нет");
    bot.activate(ilya, "premium");
    connect(ilya.id());
    ilya.send("/subscription");
    assertEquals(
        """
        💎 Ваша подписка

        📊 Тариф: Premium
        🔐 Статус: ✅ Активна

        Лимиты:
          • Каналов: 50
          • Постов/день: 1000
          • RAG запросов/день: 1000
          • AI дайджесты: ✅\
        """,
        ilya.awaitMessage("Premium").text());
  }

  @Test
  void subscriptionSaysWhenItEndsAndThatTelegramIsNotConnected() {
    var ann = bot.person("en");
    ann.send("/subscription");
    ann.awaitMessage("No subscription yet");
    bot.activate(ann, "trial");
    ann.send("/subscription");
    var text = ann.awaitMessage("Plan: Trial").text();
    assertTrue(text.contains("🔐 Status: ✅ Active until "), text);
    assertTrue(text.contains("AI digests: ❌"), text);
    assertTrue(text.endsWith("⚠️ Telegram is not connected. Connect: /login"), text);
    bot.jdbi.useHandle(handle ->
        handle.execute(
            "UPDATE subscription SET expires_at = now() - interval '1 minute' WHERE account_id = ?",
            bot.account(ann).id().value()));
    ann.send("/subscription");
    ann.awaitMessage("🔐 Status: ❌ Ended on ");
  }

  @Test
  void commandsAreToldToTelegramInEachLanguage() {
    BotFixture.await("the commands", () -> bot.sandbox.world().calls().count("setMyCommands") >= 2);
    BotFixture.await("our name", () -> bot.count("SELECT count(*) FROM bot") == 1);
  }

  @Test
  void aPageThatTimesOutIsToldInTheChat() {
    var ilya = bot.person("ru");
    ilya.send("/login " + bot.invite("premium", 1).value());
    ilya.awaitMessage("Инвайт код принят");
    bot.advance(Duration.ofMinutes(6));
    bot.jdbi.useTransaction(bot.logins::endOverdue);
    ilya.awaitMessage("⌛ Время страницы вышло");
  }

  @Test
  void whenAnotherAccountScansBothAreToldAndNeitherLearnsWhoTheOtherIs() {
    var ilya = bot.person("ru");
    var ann = bot.person("en");
    ann.send("/start");
    ann.awaitMessage("Hello");
    ilya.send("/login " + bot.invite("premium", 1).value());
    ilya.awaitMessage("Инвайт код принят");
    bot.failAsScannedBy(ilya, ann);
    var owner = ilya.awaitMessage("❌ Код отсканировал другой аккаунт").text();
    assertTrue(owner.contains("Приглашение не потрачено"), owner);
    var scanner = ann.awaitMessage("⚠️ You scanned the code of somebody else's page").text();
    assertFalse(scanner.contains("Илья"), scanner);
    assertFalse(scanner.contains(Long.toString(ilya.id())), scanner);
    assertFalse(owner.contains(Long.toString(ann.id())), owner);
  }

  /// A saved session, as far as the chat can tell.
  private static void connect(long telegramId) {
    bot.jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                INSERT INTO telegram_session
                  (id, account_id, telegram_id, state, session_key, sealed, created_at)
                SELECT left(md5(:id::text), 22), id, telegram_id, 'live', '\\x00', '\\x00', now()
                FROM account WHERE telegram_id = :id
                """)
            .bindMap(Map.of("id", telegramId))
            .execute());
  }
}
