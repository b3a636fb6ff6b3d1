package propusk.bot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import propusk.domain.account.AccountPhones;
import propusk.domain.account.PhoneNumber;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.seal.Secret;
import propusk.domain.seal.Tokens;
import propusk.domain.signin.BeginOutcome;
import propusk.domain.signin.BrowserProof;
import propusk.domain.signin.SignIn;
import propusk.domain.signin.SignInRequest;
import propusk.domain.signin.SignInState;
import propusk.sandbox.person.SandboxPerson;

/// What the bot asks and says while a browser wants to enter; the browser's part is done here by
/// hand.
class SignInStoryTest {
  private static final BrowserInfo CHROME =
      new BrowserInfo(
          Optional.of("Chrome"),
          Optional.of("Windows"),
          Optional.of(InetAddress.ofLiteral("203.0.113.7")));

  private static BotFixture bot;
  private final Secret cookie = new Tokens(new SecureRandom()).secret();

  @BeforeAll
  static void start() {
    bot = new BotFixture();
  }

  @AfterAll
  static void stop() {
    bot.close();
  }

  @Test
  void thePersonIsAskedWithBrowserPlaceAndTimeAndPicksTheNumber() {
    var ilya = bot.person("ru");
    var signIn = begin();
    ilya.send("/start " + bot.signIns.start(signIn).value());
    var question = ilya.awaitMessage("🔐 Кто-то входит на");
    assertTrue(
        question.text().contains("Chrome на Windows, адрес 203.0.113.7, в "), question.text());
    ilya.tap(question, Integer.toString(signIn.number()));
    ilya.awaitMessage("✅ Вы вошли");
    assertInstanceOf(SignInState.Approved.class, find(signIn).state());
    // The buttons are gone with the question; a second /start is told that it was answered.
    ilya.send("/start " + bot.signIns.start(signIn).value());
    ilya.awaitMessage("⌛ Этот запрос на вход закрыт");
  }

  /// T2: nothing but an answer counts, and only of who came first.
  @Test
  void startAsOftenAsYouLikeApprovesNothing() {
    var ann = bot.person("en");
    var signIn = begin();
    for (int times = 1; times <= 3; times++) {
      ann.send("/start " + bot.signIns.start(signIn).value());
    }
    BotFixture.await(
        "three questions",
        () ->
            ann.messages().stream().filter(it -> it.text().startsWith("🔐 Someone")).count() == 3);
    assertInstanceOf(SignInState.Opened.class, find(signIn).state());
    var bob = bot.person("en");
    bob.send("/start " + bot.signIns.start(signIn).value());
    bob.awaitMessage("🔗 Somebody else has come by this link");
    var wrong = signIn.choices().stream().filter(it -> it != signIn.number()).findFirst();
    ann.tap(ann.awaitMessage("🔐 Someone"), Integer.toString(wrong.orElseThrow()));
    ann.awaitMessage("🚫 The screen shows another number");
    assertInstanceOf(SignInState.Mismatched.class, find(signIn).state());
  }

  @Test
  void anOwnerIsAskedAboutTheirNumberAndMaySayNo() {
    var ilya = bot.person("ru");
    var number = number(ilya);
    var asked = ask(number);
    var question = ilya.awaitMessage("🔐 Кто-то входит на");
    ilya.tap(question, "Это не я");
    ilya.awaitMessage("🚫 Не впустили. Запросы на вход остановлены на 15 минут");
    assertInstanceOf(SignInState.Denied.class, find(asked).state());
    ask(number);
    ilya.send("/start");
    ilya.awaitMessage("Здравствуйте");
    assertEquals(0, count(ilya, it -> it.startsWith("🔐")), "nobody is asked for 15 minutes");
    bot.advance(Duration.ofMinutes(15));
    ask(number);
    BotFixture.await(
        "a new question",
        () ->
            count(ilya, it -> it.startsWith("🔐")) == 1
                && count(ilya, it -> it.startsWith("🚫")) == 1);
  }

  @Test
  void anOldButtonIsAnsweredAndAStrangersIsNot() {
    var ilya = bot.person("ru");
    var signIn = begin();
    ilya.send("/start " + bot.signIns.start(signIn).value());
    var question = ilya.awaitMessage("🔐 Кто-то входит на");
    bot.advance(Duration.ofMinutes(6));
    ilya.tap(question, Integer.toString(signIn.number()));
    ilya.awaitMessage("⌛ Этот запрос на вход закрыт");
    ilya.send("/start auth_" + "A".repeat(22));
    ilya.awaitMessage("🔗 Эта ссылка не подошла");
  }

  /// An organization has its bot's token: it may read what is said there, and put our buttons below
  /// words of its own.
  @Test
  void anOrganizationsBotAsksAndTellsNothingThatLetsSomebodyIn() {
    var ilya = bot.person("ru");
    var before = begin();
    ilya.send("/start " + bot.signIns.start(before).value());
    var question = ilya.awaitMessage("🔐 Кто-то входит на");
    var number = number(ilya);
    theBotIsAnOrganizations(true);
    try {
      ilya.tap(question, Integer.toString(before.number()));
      var signIn = begin();
      var event =
          begun(
              bot.jdbi.inTransaction(handle ->
                  bot.signIns.beginForEvent(
                      handle, request(), Optional.empty(), Optional.empty())));
      var links =
          List.of(
              "/start " + bot.signIns.start(signIn).value(),
              "/start " + bot.signIns.code(event).value(),
              bot.signIns.code(event).spaced(),
              "/start tg_" + "A".repeat(22));
      links.forEach(ilya::send);
      BotFixture.await(
          "all refused",
          () -> count(ilya, it -> it.contains("этот бот принадлежит организации")) == links.size());
      assertTrue(ilya.awaitMessage("🔐 Здесь на сайт").text().contains("@propusk_bot"));
      assertInstanceOf(SignInState.Opened.class, find(before).state(), "no press counts");
      assertInstanceOf(SignInState.Waiting.class, find(signIn).state());
      assertInstanceOf(SignInState.Waiting.class, find(event).state());
      assertEquals(Optional.empty(), find(ask(number)).state().account(), "nobody is asked there");
    } finally {
      theBotIsAnOrganizations(false);
    }
    ilya.tap(question, Integer.toString(before.number()));
    BotFixture.await("in", () -> find(before).state() instanceof SignInState.Approved);
  }

  private static void theBotIsAnOrganizations(boolean is) {
    bot.jdbi.useTransaction(handle -> {
      var shore = is ? "(SELECT id FROM organization WHERE slug = 'north-shore')" : "NULL";
      handle.execute(
          "INSERT INTO organization (slug, name, time_zone, created_at)"
              + " VALUES ('north-shore', 'Shore', 'UTC', now()) ON CONFLICT DO NOTHING");
      handle.execute("UPDATE bot SET organization_id = " + shore);
    });
  }

  private static long count(SandboxPerson person, Predicate<String> text) {
    return person.messages().stream().filter(it -> text.test(it.text())).count();
  }

  private SignInRequest request() {
    return new SignInRequest(
        new BrowserProof.Cookie(cookie), CHROME, "203.0.113.7", Optional.empty(), true);
  }

  private SignIn begin() {
    return begun(bot.jdbi.inTransaction(handle -> bot.signIns.begin(handle, request())));
  }

  private SignIn ask(PhoneNumber number) {
    return begun(bot.jdbi.inTransaction(handle -> bot.approvals.ask(handle, number, request())));
  }

  private static SignIn begun(BeginOutcome outcome) {
    return assertInstanceOf(BeginOutcome.Begun.class, outcome).signIn();
  }

  private static SignIn find(SignIn signIn) {
    return bot.jdbi.inTransaction(handle -> bot.signIns.find(handle, signIn.id())).orElseThrow();
  }

  /// Someone who wrote to the bot and logged in before.
  private static PhoneNumber number(SandboxPerson person) {
    person.send("/help");
    person.awaitMessage("Что я умею");
    var number = new PhoneNumber("+79" + "%09d".formatted(person.id() % 1_000_000_000));
    bot.jdbi.useTransaction(
        handle -> new AccountPhones(bot.sealer).remember(handle, bot.account(person).id(), number));
    return number;
  }
}
