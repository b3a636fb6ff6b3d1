package propusk.bot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import propusk.domain.limit.Limit;
import propusk.domain.limit.Limits;

class LoginStoryTest {
  private static final Pattern PAGE =
      Pattern.compile("http://localhost:8080/qr-auth\\?session_id=([A-Za-z0-9_-]{22})");

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
  void aGoodInviteIsAnsweredWordForWordWithTheButtonToItsPage() {
    var ilya = bot.person("ru");
    ilya.send("/login " + bot.invite("premium", 1).value());
    var answer = ilya.awaitMessage("Инвайт код принят");
    assertEquals(
        """
        ✅ Инвайт код принят!

        🎁 Подписка: Premium
        📊 Лимиты:
          • Каналов: 50
          • Постов/день: 1000
          • RAG запросов/день: 1000

        👇 Нажмите кнопку ниже для авторизации:

        В Mini App будут доступны 3 способа:
          1. Сканировать QR код камерой
          2. Открыть deep link в Telegram
          3. Скопировать токен

        ⏰ QR код действителен 5 минут\
        """,
        answer.text());
    var button = answer.buttons().getFirst().getFirst();
    assertEquals("🔐 Открыть QR авторизацию", button.text());
    assertTrue(answer.inline());
    var devices = answer.buttons().getLast().getFirst();
    assertEquals("📱 Открыть «Устройства» в Telegram", devices.text());
    assertEquals("tg://settings/devices", devices.url());
    var page = PAGE.matcher(String.valueOf(button.webApp()));
    assertTrue(page.matches());
    assertEquals(1, bot.count("SELECT count(*) FROM login WHERE id = '" + page.group(1) + "'"));
  }

  @Test
  void anEnglishPersonIsAnsweredInEnglish() {
    var ann = bot.person("en");
    ann.send("/login " + bot.invite("basic", 1).value());
    var answer = ann.awaitMessage("Invite code accepted");
    assertTrue(answer.text().contains("Channels: 10"));
    assertTrue(answer.text().endsWith("⏰ The QR code is valid for 5 minutes"));
    assertEquals("🔐 Open QR login", answer.buttons().getFirst().getFirst().text());
  }

  @Test
  void aCodeIsTakenInLowerCaseWithHyphensAndOnTheNextLine() {
    var ilya = bot.person("ru");
    var code = bot.invite("premium", 1).value().toLowerCase(Locale.ROOT);
    ilya.send(
        "/login\n" + code.substring(0, 4) + "-" + code.substring(4, 8) + " " + code.substring(8));
    ilya.awaitMessage("Инвайт код принят");
  }

  @Test
  void anUnknownCodeAndNoCodeAtAllAreToldApart() {
    var ilya = bot.person("ru");
    for (var code : List.of("AAAAAAAAAAAA", "привет", "/".repeat(4000))) {
      ilya.send("/login " + code);
      assertEquals(
          "❌ Такого инвайт кода нет, проверьте буквы", ilya.awaitMessage("инвайт кода нет").text());
    }
    ilya.send("/login");
    ilya.awaitMessage("Нужен инвайт код");
  }

  @Test
  void anExpiredCodeSaysWhen() {
    var ilya = bot.person("ru");
    var code = bot.invite(Duration.ofNanos(1));
    ilya.send("/login " + code.value());
    var day =
        DateTimeFormatter.ofPattern("d MMMM", Locale.of("ru"))
            .format(bot.clock.instant().atZone(ZoneId.of("Europe/Moscow")));
    assertEquals("❌ Срок кода истёк " + day, ilya.awaitMessage("Срок кода").text());
  }

  @Test
  void aUsedUpAWithdrawnAndAnAlreadyRedeemedCodeHaveTheirOwnWords() {
    var ann = bot.person("en");
    var ilya = bot.person("ru");
    var code = bot.invite("premium", 1);
    ann.send("/login " + code.value());
    ann.awaitMessage("Invite code accepted");
    ilya.send("/login " + code.value());
    assertEquals("❌ Код уже использован", ilya.awaitMessage("Код").text());

    bot.jdbi.useTransaction(handle -> {
      var invite = bot.invites.find(handle, code).orElseThrow();
      bot.logins.cancelLive(handle, bot.account(ann).id());
      bot.invites.reserve(handle, code, bot.account(ann).id());
      bot.invites.redeem(handle, invite.id(), bot.account(ann).id());
    });
    ann.send("/login " + code.value());
    assertEquals(
        "ℹ️ You already used this code: /subscription", ann.awaitMessage("already used").text());

    var withdrawn = bot.invite("premium", 5);
    bot.jdbi.useHandle(handle ->
        handle.execute(
            "UPDATE invite SET revoked_at = now() WHERE id = ?",
            bot.invites.find(handle, withdrawn).orElseThrow().id().value()));
    ilya.send("/login " + withdrawn.value());
    ilya.awaitMessage("Этот код отозван");
  }

  @Test
  void aSecondLoginEndsTheFirstAndSaysSo() {
    var ilya = bot.person("ru");
    var code = bot.invite("premium", 1);
    ilya.send("/login " + code.value());
    ilya.awaitMessage("Инвайт код принят");
    ilya.send("/login " + code.value());
    ilya.awaitMessage("Прежняя страница закрыта, действует только эта.");
    var account = bot.account(ilya).id().value();
    assertEquals(
        1,
        bot.count("SELECT count(*) FROM login WHERE ended_at IS NULL AND account_id = " + account));
    assertEquals(2, ilya.messages().stream().filter(message -> message.fromBot()).count());
  }

  @Test
  void afterTenWrongCodesNobodyGuessesOnAndARightCodeWaitsToo() {
    var guesser = bot.person("ru");
    var limits = new Limits(bot.clock);
    for (int guess = 1; guess < Limit.INVITE_GUESS_PER_PERSON.amount(); guess++) {
      bot.jdbi.useTransaction(handle ->
          limits.count(handle, Limit.INVITE_GUESS_PER_PERSON, Long.toString(guesser.id())));
    }
    guesser.send("/login GGGGGGGGGGGG");
    guesser.awaitMessage("инвайт кода нет");
    guesser.send("/login " + bot.invite("premium", 1).value());
    assertEquals(
        "⏳ Слишком много неверных кодов. Попробуйте через 60 минут",
        guesser.awaitMessage("Слишком много").text());
    var other = bot.person("ru");
    other.send("/login " + bot.invite("premium", 1).value());
    other.awaitMessage("Инвайт код принят");
  }

  @Test
  void cancelEndsTheLoginAndSaysWhatWasSaved() {
    var ilya = bot.person("ru");
    ilya.send("/cancel");
    ilya.awaitMessage("Отменять нечего");
    ilya.send("/login " + bot.invite("premium", 1).value());
    ilya.awaitMessage("Инвайт код принят");
    ilya.send("/cancel");
    assertEquals(
        """
        🚫 Подключение отменено

        Вы остановили его сами.

        ✓ Ничего не подключено и не сохранено
        ✓ Приглашение не потрачено

        Начать заново: /login с тем же кодом\
        """,
        ilya.awaitMessage("отменено").text());
  }

  @Test
  void anotherPlanIsReplacedOnlyAfterAButtonAndKeptByTheOther() {
    var ilya = bot.person("ru");
    ilya.send("/start");
    ilya.awaitMessage("Здравствуйте");
    bot.activate(ilya, "premium");
    var code = bot.invite("trial", 1);

    ilya.send("/login " + code.value());
    var question = ilya.awaitMessage("У вас уже есть подписка Premium");
    assertEquals(
        List.of("Заменить на Trial", "Оставить Premium"),
        question.buttons().stream().map(row -> row.getFirst().text()).toList());
    ilya.tap(question, "Оставить");
    BotFixture.await(
        "the question becomes its answer",
        () -> textOf(ilya, question.messageId()).startsWith("Подписка Premium остаётся"));

    ilya.send("/login " + code.value());
    var again = ilya.awaitMessage("У вас уже есть подписка Premium");
    ilya.tap(again, "Заменить");
    BotFixture.await(
        "the question becomes the page's button",
        () -> textOf(ilya, again.messageId()).startsWith("✅ Инвайт код принят"));
  }

  @Test
  void withASubscriptionLoginNeedsNoCode() {
    var ann = bot.person("en");
    ann.send("/start");
    ann.awaitMessage("Hello");
    bot.activate(ann, "premium");
    ann.send("/login");
    var answer = ann.awaitMessage("connect Telegram again");
    assertTrue(
        PAGE.matcher(String.valueOf(answer.buttons().getFirst().getFirst().webApp())).matches());
  }

  private static String textOf(propusk.sandbox.person.SandboxPerson person, long messageId) {
    return person.messages().stream()
        .filter(message -> message.messageId() == messageId)
        .map(message -> message.text())
        .findFirst()
        .orElseThrow();
  }
}
