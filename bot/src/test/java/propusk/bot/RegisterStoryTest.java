package propusk.bot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.inbox.Inbox;
import propusk.domain.inbox.ReceivedUpdate;
import propusk.domain.registration.BeginOutcome;
import propusk.domain.registration.CustomerName;
import propusk.domain.registration.VerifyOutcome;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What the bot asks and says while somebody registers; the browser's part is done here by hand.
class RegisterStoryTest {
  private static final BrowserInfo CHROME =
      new BrowserInfo(Optional.of("Chrome"), Optional.of("Windows"), Optional.empty());

  private static BotFixture bot;
  private static int begun;

  @BeforeAll
  static void start() {
    bot = new BotFixture();
  }

  @AfterAll
  static void stop() {
    bot.close();
  }

  @Test
  void theOwnContactIsAnsweredWithACodeThatRegistersTheBrowser() {
    var ilya = bot.person("ru");
    var begun = begin("Test User");
    ilya.send("/start " + begun.registration().id().sessionId());
    var asked = ilya.awaitMessage("👋 Test User регистрируется на localhost:8080");
    assertTrue(asked.text().contains("Chrome на Windows"), asked.text());
    // Somebody else's contact and a forwarded one first.
    ilya.shareContact(ilya.id() + 1, "+79990000000", "Анна");
    ilya.awaitMessage("❌ Это чужой контакт, нужен ваш");
    ilya.forwardContact(ilya.id(), ilya.phone(), "Илья");
    ilya.awaitMessage("❌ Это чужой контакт, нужен ваш");
    ilya.tap(asked, "📱 Поделиться контактом");
    ilya.awaitMessage("✅ Контакт получен!");
    var code = ilya.awaitMessage("🔑 Код для localhost:8080").text();
    var digits = code.replaceFirst("(?s)🔑 Код для localhost:8080: (\\d{3} \\d{3})\n.*", "$1");
    assertInstanceOf(
        VerifyOutcome.Registered.class,
        bot.jdbi.<VerifyOutcome, RuntimeException>inTransaction(handle ->
            bot.registrations.verify(handle, begun.cookie(), digits, CHROME, "203.0.113.7")));
    ilya.send("/start " + begun.registration().id().sessionId());
    ilya.awaitMessage("⌛ Эта регистрация закончена");
    ilya.shareContact(ilya.id(), ilya.phone(), "Илья");
    ilya.awaitMessage("Я понимаю только команды");
  }

  @Test
  void aLinkThatSomebodyElseOpenedIsTaken() {
    var ilya = bot.person("ru");
    var ann = bot.person("en");
    var begun = begin("Илья");
    ilya.send("/start " + begun.registration().id().sessionId());
    ilya.awaitMessage("👋 Илья регистрируется");
    ann.send("/start " + begun.registration().id().sessionId());
    ann.awaitMessage("🔗 Somebody else has come by this link");
    ann.shareContact(ann.id(), ann.phone(), "Ann");
    ann.awaitMessage("I understand commands only");
  }

  /// Threat T3.
  @Test
  void ofAllWaysToSendAContactExactlyOneIsAccepted() {
    var updates = new ArrayList<ReceivedUpdate>();
    long person = 5_000_000;
    for (var chat : List.of("private", "group")) {
      for (var whose : List.of("own", "foreign", "nobody")) {
        for (var forwarded : List.of(false, true)) {
          for (var asked : List.of(true, false)) {
            person++;
            if (asked) {
              ask(person);
            }
            updates.add(
                new ReceivedUpdate(
                    person,
                    chat.equals("group") ? -person : person,
                    contact(person, chat, whose, forwarded)));
          }
        }
      }
    }
    long botId = Long.parseLong(BotFixture.TOKEN.split(":")[0]);
    bot.jdbi.useTransaction(
        handle -> new Inbox(bot.sealer, bot.clock).store(handle, botId, updates));
    BotFixture.await("all handled", () -> handled(5_000_000) == updates.size());
    assertEquals(
        1,
        bot.count(
            "SELECT count(*) FROM registration r JOIN customer c ON c.id = r.customer_id"
                + " JOIN account a ON a.id = c.account_id WHERE a.telegram_id > 5000000"
                + " AND a.telegram_id < 5000100"));
    assertEquals(
        1,
        bot.count(
            "SELECT count(*) FROM customer c JOIN account a ON a.id = c.account_id"
                + " WHERE a.telegram_id = 5000001"),
        "the person's own, in the private chat, not forwarded, asked for");
  }

  private static long handled(long from) {
    return bot.count(
        "SELECT count(*) FROM inbox WHERE state = 'done' AND update_id > %d AND update_id < %d"
            .formatted(from, from + 100));
  }

  /// As `/start tg_…` does it for this person.
  private static void ask(long telegramId) {
    var begun = begin("Somebody");
    bot.jdbi.useTransaction(handle -> {
      handle.execute(
          "INSERT INTO account (telegram_id, first_name, language) VALUES (?, 'P', 'en')",
          telegramId);
      handle.execute(
          """
          UPDATE registration SET phase = 'asked', bot_id = 1, chat_id = ?,
            account_id = (SELECT id FROM account WHERE telegram_id = ?) WHERE id = ?
          """,
          telegramId,
          telegramId,
          begun.registration().id().value());
    });
  }

  private static String contact(long person, String chat, String whose, boolean forwarded) {
    var json = JsonMapper.shared();
    var update = json.createObjectNode().put("update_id", person);
    var message = update.putObject("message").put("message_id", 1).put("date", 1_800_000_000);
    message
        .putObject("from")
        .put("id", person)
        .put("is_bot", false)
        .put("first_name", "P")
        .put("language_code", "en");
    message.putObject("chat").put("id", chat.equals("group") ? -person : person).put("type", chat);
    var contact =
        message.putObject("contact").put("phone_number", "79991234567").put("first_name", "P");
    whose(contact, whose, person);
    if (forwarded) {
      message
          .putObject("forward_origin")
          .put("type", "user")
          .put("date", 1_800_000_000)
          .set(
              "sender_user",
              json.valueToTree(Map.of("id", person, "is_bot", false, "first_name", "P")));
    }
    return update.toString();
  }

  private static void whose(ObjectNode contact, String whose, long person) {
    switch (whose) {
      case "own" -> contact.put("user_id", person);
      case "foreign" -> contact.put("user_id", person + 1_000);
      default -> {}
    }
  }

  private static BeginOutcome.Begun begin(String name) {
    var outcome =
        bot.jdbi.<BeginOutcome, RuntimeException>inTransaction(handle ->
            bot.registrations.begin(
                handle, new CustomerName(name), CHROME, "203.0.113." + begun++));
    return assertInstanceOf(BeginOutcome.Begun.class, outcome);
  }
}
