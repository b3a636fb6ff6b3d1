package propusk.miniapp.phone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import propusk.domain.account.Account;
import propusk.domain.account.Language;
import propusk.domain.limit.Limit;
import propusk.domain.login.Claim;
import propusk.domain.login.Failure;
import propusk.domain.login.LoginEvent;
import propusk.miniapp.MiniAppWorld;

class PhoneHttpTest {
  private static final String NUMBER = "+7 912 345-67-89";
  private static final Map<String, String> GOOD = Map.of("phone", NUMBER, "code", "12345");

  private final MiniAppWorld world = new MiniAppWorld();
  private final Telegram telegram = new Telegram(world);
  private final Account ilya = world.ilya(Language.RU);
  private final Browser browser = new Browser(world, "203.0.113.1");
  private Optional<Claim> claimed = Optional.empty();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void numberThenCodeThenInAndTheTokenIsInNoBody() {
    var asked = ask(browser);
    assertEquals(200, asked.statusCode(), asked.body());
    var answer = browser.tree(asked);
    assertEquals("telegram_code", answer.path("login_via").stringValue());
    assertEquals("awaiting_code", answer.path("status").stringValue());
    assertEquals(5, answer.path("code").path("length").intValue());
    var in =
        Telegram.meanwhile(
            () -> browser.json("/api/auth/login-by-telegram", GOOD),
            () -> {
              assertEquals("12345", telegram.code(claim()).value());
              telegram.authorize(claim(), ilya);
            });
    assertEquals(200, in.statusCode(), in.body());
    assertEquals(ilya.telegramId().value(), browser.tree(in).path("user").path("id").longValue());
    assertFalse(in.body().contains(browser.cookies().get("__Host-session")));
    assertTrue(browser.open("/dashboard").body().contains("Здравствуйте, Илья"));
  }

  @Test
  void anotherBrowserWithTheSameNumberAndCodeGetsNothing() {
    ask(browser);
    var thief = new Browser(world, "203.0.113.2");
    assertEquals(401, thief.json("/api/auth/login-by-telegram", GOOD).statusCode());
    thief.open("/login/phone");
    assertEquals(401, thief.json("/api/auth/login-by-telegram", GOOD).statusCode());
    var other =
        browser.json(
            "/api/auth/login-by-telegram", Map.of("phone", "+79990000000", "code", "12345"));
    assertEquals(401, other.statusCode(), "the number must be the one that was given");
    assertEquals(0, world.domain.count("SELECT count(*) FROM login_secret WHERE kind = 'code'"));
    assertFalse(thief.cookies().containsKey("__Host-session"));
  }

  @Test
  void wrongCodesAreCountedAndTheThirdEndsTheLogin() {
    ask(browser);
    for (int left = 2; left >= 0; left--) {
      var wrong =
          Telegram.meanwhile(
              () -> browser.json("/api/auth/login-by-telegram", GOOD),
              () -> {
                telegram.code(claim());
                telegram.apply(claim(), new LoginEvent.CodeRefused());
              });
      assertEquals(401, wrong.statusCode());
      assertEquals("phone_code_invalid", browser.tree(wrong).path("code").stringValue());
      assertEquals(left, browser.tree(wrong).path("tries_left").intValue());
    }
    assertTrue(browser.open("/login/phone").body().contains("Код не подошёл три раза"));
  }

  @Test
  void aTwoStepPasswordIsAskedForAndCounted() {
    ask(browser);
    var asked =
        Telegram.meanwhile(
            () -> browser.json("/api/auth/login-by-telegram", GOOD),
            () -> {
              telegram.code(claim());
              telegram.apply(claim(), new LoginEvent.PasswordAsked(Optional.of("cat")));
            });
    assertEquals("awaiting_password", browser.tree(asked).path("status").stringValue());
    assertEquals("cat", browser.tree(asked).path("password").path("hint").stringValue());
    var wrong =
        Telegram.meanwhile(
            () -> browser.json("/api/auth/password", Map.of("password", "dog")),
            () -> {
              assertEquals("dog", telegram.password(claim()).value());
              telegram.apply(claim(), new LoginEvent.PasswordRefused());
            });
    assertEquals("password_invalid", browser.tree(wrong).path("code").stringValue());
    assertTrue(browser.open("/login/phone").body().contains("Осталось 2\u00a0попытки"));
    var in =
        Telegram.meanwhile(
            () -> browser.submit(Map.of("do", "password", "password", "kitty")),
            () -> {
              assertEquals("kitty", telegram.password(claim()).value());
              telegram.authorize(claim(), ilya);
            });
    assertTrue(in.body().contains("Здравствуйте, Илья"), in.body());
  }

  @Test
  void everyRefusalOfTelegramHasItsOwnCodeAndWords() {
    var codes = new java.util.HashSet<String>();
    int number = 10;
    for (var failure : Failure.values()) {
      var phone = "+7 912 345-67-" + number++;
      var one = new Browser(world, "203.0.113." + number);
      claimed = Optional.empty();
      var refused =
          Telegram.meanwhile(
              () -> one.json("/api/auth/code", Map.of("phone", phone)),
              () -> telegram.apply(claim(), new LoginEvent.Refused(failure)));
      var problem = one.tree(refused);
      assertTrue(refused.statusCode() >= 400, failure + " " + refused.body());
      assertTrue(codes.add(problem.path("code").stringValue()), failure.name());
      assertFalse(problem.path("title").stringValue().isBlank());
      assertFalse(problem.path("detail").stringValue().isBlank());
      var page = one.open("/login/phone").body();
      assertTrue(page.contains("data-end=\"" + failure.code() + "\""), failure.name());
      assertTrue(page.contains(problem.path("title").stringValue()), failure.name());
    }
    assertEquals(Failure.values().length, codes.size());
  }

  @Test
  void aLostAnswerIsExchangedOnceByTheBrowserItWasFor() {
    ask(browser);
    var id =
        world.domain.in(
            handle -> handle.createQuery("SELECT id FROM login").mapTo(String.class).one());
    telegram.authorize(claim(), ilya);
    var token = Map.of("token", id);
    var thief = new Browser(world, "203.0.113.2");
    assertEquals(401, thief.json("/api/auth/exchange", token).statusCode());
    var connect = browser.cookies().get("__Host-connect");
    assertEquals(200, browser.json("/api/auth/exchange", token).statusCode());
    assertFalse(browser.cookies().containsKey("__Host-connect"));
    browser.cookies().clear();
    browser.cookies().put("__Host-connect", connect);
    assertEquals(200, browser.json("/api/auth/exchange", token).statusCode(), "it was lost");
    assertTrue(browser.open("/dashboard").body().contains("Илья"));
    browser.cookies().put("__Host-connect", connect);
    assertEquals(401, browser.json("/api/auth/exchange", token).statusCode(), "it was used");
    browser.cookies().remove("__Host-session");
    assertTrue(browser.open("/login/phone").body().contains("По этому коду уже вошли"));
  }

  @Test
  void anEarlierSessionOfTheBrowserEndsWithANewSignIn() {
    ask(browser);
    telegram.authorize(claim(), ilya);
    browser.open("/login/phone");
    browser.submit(Map.of("do", "enter"));
    var first = browser.cookies().get("__Host-session");
    claimed = Optional.empty();
    ask(browser);
    telegram.authorize(claim(), ilya);
    browser.open("/login/phone");
    browser.submit(Map.of("do", "enter"));
    var second = browser.cookies().put("__Host-session", first);
    assertNotEquals(first, second);
    browser.open("/dashboard");
    assertEquals("/login", browser.address(), "the old id opens nothing");
  }

  @Test
  void bombingANumberOrFromAnAddressIsStoppedAndSaysUntilWhen() throws Exception {
    int passed = 0;
    var flood = new java.util.ArrayList<Callable<HttpResponse<String>>>();
    for (int i = 0; i < 4 * Limit.CODE_PER_NUMBER.amount(); i++) {
      var from = new Browser(world, "198.51.100." + i);
      flood.add(() -> from.json("/api/auth/code", Map.of("phone", NUMBER)));
    }
    try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = flood.stream().map(crowd::submit).toList();
      // Nobody answers for Telegram: whoever passes waits its patience out.
      Telegram.await(() ->
          Optional.of(world.domain.count("SELECT count(*) FROM login"))
              .filter(begun -> begun == Limit.CODE_PER_NUMBER.amount()));
      world.runAhead(PhoneLogins.PATIENCE);
      for (var answer : answers) {
        var got = answer.get();
        passed += got.statusCode() == 200 ? 1 : 0;
        if (got.statusCode() != 200) {
          assertEquals(429, got.statusCode());
          var problem = browser.tree(got);
          assertEquals("too_many_attempts", problem.path("code").stringValue());
          assertEquals("Снова можно в 10:00 UTC", problem.path("detail").stringValue());
          assertEquals(3600, problem.path("retry_after").intValue());
        }
      }
    }
    assertEquals(Limit.CODE_PER_NUMBER.amount(), passed);
    assertEquals(passed, world.domain.count("SELECT count(*) FROM login"));
    assertEquals(
        passed,
        world.domain.count("SELECT used FROM limit_use WHERE limit_id = 'code_global'"),
        "who is stopped uses nothing of what all share");
    browser.open("/login/phone");
    var page = browser.submit(Map.of("do", "number", "phone", NUMBER));
    assertEquals(429, page.statusCode());
    assertTrue(page.body().contains("Слишком много попыток. Снова можно в 10:00 UTC"));
    world.domain.clock.advance(Duration.ofHours(1));
    world.domain.in(world.domain.logins::endOverdue);
    var later =
        Telegram.meanwhile(
            () -> browser.json("/api/auth/code", Map.of("phone", NUMBER)),
            () -> {
              var worker = new Telegram(world);
              worker.apply(worker.claim(), new LoginEvent.CodeAsked("telegram", 5));
            });
    assertEquals(200, later.statusCode(), "an hour later");
  }

  @Test
  void guessingFromManyAddressesIsStoppedByTheNumbersLimit() {
    int tries = 0;
    HttpResponse<String> answer;
    do {
      int number = tries;
      claimed = Optional.empty();
      var one = new Browser(world, "198.51.100." + tries);
      // Only the tries are to be limited here.
      world.domain.in(
          handle -> handle.execute("DELETE FROM limit_use WHERE limit_id = 'code_number'"));
      ask(one);
      answer =
          Telegram.meanwhile(
              () -> one.json("/api/auth/login-by-telegram", GOOD),
              () -> {
                if (number < Limit.CODE_TRY_PER_NUMBER.amount()) {
                  telegram.code(claim());
                  telegram.apply(claim(), new LoginEvent.CodeRefused());
                }
              });
      tries++;
    } while (answer.statusCode() == 401 && tries < 50);
    assertEquals(429, answer.statusCode());
    assertEquals(Limit.CODE_TRY_PER_NUMBER.amount(), tries - 1);
  }

  @Test
  void whereThePasswordPagesAreOffNobodyIsAskedForANumberOrACode() {
    try (var off = MiniAppWorld.withoutPasswordPages()) {
      var visitor = new Browser(off, "203.0.113.3");
      var page = visitor.open("/login/phone");
      assertEquals(404, page.statusCode());
      assertFalse(page.body().contains("name=\"phone\""));
      assertEquals(404, visitor.json("/api/auth/code", Map.of("phone", NUMBER)).statusCode());
      assertEquals(404, visitor.json("/api/auth/login-by-telegram", GOOD).statusCode());
      var password = Map.of("password", "correct horse");
      assertEquals(404, visitor.json("/api/auth/password", password).statusCode());
      assertEquals(0, off.domain.count("SELECT count(*) FROM login"));
    }
  }

  private HttpResponse<String> ask(Browser from) {
    return Telegram.meanwhile(
        () -> from.json("/api/auth/code", Map.of("phone", NUMBER)),
        () -> telegram.apply(claim(), new LoginEvent.CodeAsked("telegram", 5)));
  }

  private Claim claim() {
    if (claimed.isEmpty()) {
      claimed = Optional.of(telegram.claim());
    }
    return claimed.get();
  }
}
