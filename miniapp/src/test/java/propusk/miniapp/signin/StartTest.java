package propusk.miniapp.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static propusk.miniapp.signin.StartWorld.DEVICE;
import static propusk.miniapp.signin.StartWorld.SESSION;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import propusk.domain.signin.SignInId;
import propusk.domain.websession.WebSessions;
import propusk.miniapp.MiniAppWorld;
import propusk.miniapp.phone.Browser;

/// `POST /api/auth/start` and the pages beside it; which proofs let in is [ProofsTableTest]'s.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StartTest {
  private final StartWorld start = new StartWorld();
  private final MiniAppWorld world = start.world;

  @AfterAll
  void close() {
    start.close();
  }

  /// T19: what an unproven browser sees of a number does not tell whether anybody has it.
  @Test
  void aNumberThatNobodyHasIsAnsweredLikeAnyOther() {
    var known = new ArrayList<Long>();
    var unknown = new ArrayList<Long>();
    var shapes = new TreeSet<String>();
    for (int pair = 0; pair < 40; pair++) {
      var number = new Person(world).connected().number.e164();
      for (boolean somebodys : new boolean[] {true, false}) {
        var phone = somebodys ? number : "+7998" + "%07d".formatted(pair);
        var browser = start.browser();
        long began = System.nanoTime();
        var answer = browser.json("/api/auth/start", Map.of("phone", phone));
        (somebodys ? known : unknown).add(System.nanoTime() - began);
        var token = browser.tree(answer).path("token").stringValue();
        var look = browser.get("/api/auth?token=" + token);
        var page = browser.open("/login/" + token);
        shapes.add(shape(answer) + shape(look) + shape(page));
      }
    }
    assertEquals(1, shapes.size(), shapes::toString);
    double ratio = (double) median(known) / median(unknown);
    assertTrue(ratio > 0.4 && ratio < 2.5, "one class of time: " + ratio);
  }

  @Test
  void afterAYesTheBrowserThatAskedEntersAndNoOther() throws Exception {
    var ilya = new Person(world).connected();
    var browser = start.browser();
    var asked = browser.tree(browser.json("/api/auth/start", Map.of("phone", ilya.number.e164())));
    var token = asked.path("token").stringValue();
    int number = asked.path("number").intValue();
    assertTrue(number >= 10 && number <= 99);
    assertFalse(
        browser.tree(browser.get("/api/auth?token=" + token)).path("authorized").asBoolean());
    assertEquals(409, browser.json("/api/auth/exchange", Map.of("token", token)).statusCode());
    ilya.says(token);
    var told = browser.tree(browser.get("/api/auth?token=" + token));
    assertTrue(told.path("authorized").asBoolean());
    assertEquals(ilya.account.telegramId().value(), told.path("user").path("id").asLong());
    assertFalse(start.isIn(browser), "being told lets nobody in");
    var thief = start.browser();
    thief.open("/login");
    assertEquals(
        "{\"authorized\":false,\"status\":\"not_found\"}",
        thief.get("/api/auth?token=" + token).body());
    assertEquals(401, thief.json("/api/auth/exchange", Map.of("token", token)).statusCode());
    assertEquals(200, browser.json("/api/auth/exchange", Map.of("token", token)).statusCode());
    assertTrue(start.isIn(browser));
    assertEquals(409, browser.json("/api/auth/exchange", Map.of("token", token)).statusCode());
  }

  @Test
  void whereABrowserCannotBeRememberedItIsNotInAndMayComeAgain() {
    var ilya = new Person(world).connected();
    var browser = start.browser();
    browser.open("/login");
    browser.submit("/login", Map.of("do", "telegram", "remember", "yes"));
    var token = start.token(browser);
    world.domain.in(handle -> {
      var signIn = world.domain.signIns.find(handle, new SignInId(token)).orElseThrow();
      return world.domain.signIns.open(
          handle, world.domain.signIns.start(signIn), ilya.account.id());
    });
    ilya.says(token);
    browser.open("/login/" + token);
    world.domain.in(handle ->
        handle.execute("ALTER TABLE trusted_device ADD CONSTRAINT none CHECK (false) NOT VALID"));
    browser.submit("/login/" + token, Map.of());
    assertFalse(start.isIn(browser));
    assertFalse(browser.cookies().containsKey(DEVICE));
    world.domain.in(handle -> handle.execute("ALTER TABLE trusted_device DROP CONSTRAINT none"));
    browser.open("/login/" + token);
    browser.submit("/login/" + token, Map.of());
    assertTrue(start.isIn(browser), "the yes was not used up");
    assertTrue(browser.cookies().containsKey(DEVICE));
  }

  /// The pages alone, without scripts: yes, no, another number, no answer, and known again.
  @Test
  void thePagesLeadInAndRememberTheBrowser() {
    var ilya = new Person(world).connected();
    var browser = start.browser();
    browser.open("/login?next=/account/sessions");
    browser.submit(
        "/login",
        Map.of(
            "do",
            "number",
            "phone",
            ilya.number.e164(),
            "remember",
            "yes",
            "next",
            "/account/sessions"));
    assertTrue(browser.page().contains("Выберите это число в Telegram"), browser.page());
    var token = start.token(browser);
    ilya.denies(token);
    assertTrue(browser.open("/login/" + token).body().contains("Вход отклонён"));
    world.domain.clock.advance(Duration.ofMinutes(16));

    browser.open("/login");
    browser.submit(
        "/login", Map.of("do", "telegram", "remember", "yes", "next", "/account/sessions"));
    assertTrue(browser.page().contains("?start=auth_"), browser.page());
    token = start.token(browser);
    var id = new SignInId(token);
    world.domain.in(handle -> {
      var signIn = world.domain.signIns.find(handle, id).orElseThrow();
      return world.domain.signIns.open(
          handle, world.domain.signIns.start(signIn), ilya.account.id());
    });
    assertTrue(browser.open("/login/" + token).body().contains("Бот открыт"));
    ilya.says(token);
    browser.open("/login/" + token);
    browser.submit("/login/" + token, Map.of());
    assertTrue(browser.address().endsWith("/account/sessions"), browser.address());
    assertTrue(browser.cookies().containsKey(DEVICE));

    // The evening's tabs in the morning.
    world.domain.clock.advance(WebSessions.LIFE);
    ilya.answered();
    browser.open("/dashboard");
    assertEquals("/login", browser.address());
    assertTrue(browser.page().contains("Узнаём этот браузер"));
    browser.submit("/login", Map.of("do", "resume", "next", "/dashboard"));
    assertTrue(browser.address().endsWith("/dashboard"), browser.address());

    // Signed out, it wants the number; then no code.
    browser.submit("/logout", Map.of());
    browser.open("/login");
    browser.submit("/login", Map.of("do", "resume"));
    assertFalse(start.isIn(browser), "out is out");
    browser.submit("/login", Map.of("do", "number", "phone", ilya.number.e164()));
    assertTrue(browser.address().endsWith("/dashboard"), browser.address());

    // The session dies at Telegram.
    ilya.disconnected();
    browser.cookies().remove(SESSION);
    browser.open("/login");
    browser.submit("/login", Map.of("do", "number", "phone", ilya.number.e164()));
    assertTrue(browser.page().contains("Telegram отключён"), browser.page());
    assertFalse(start.isIn(browser));
  }

  @Test
  void hundredTabsThatComeBackAtOnceAreAllIn() throws Exception {
    var ilya = new Person(world).connected();
    var browser = start.browser();
    start.remember(browser, ilya);
    world.domain.clock.advance(WebSessions.LIFE);
    ilya.answered();
    browser.cookies().remove(SESSION);
    browser.open("/login");
    var before = new TreeMap<>(browser.cookies());
    Callable<String> tab =
        () -> {
          var copy = new Browser(world, "198.51.100.9");
          copy.cookies().putAll(before);
          copy.open("/login");
          copy.submit("/login", Map.of("do", "resume"));
          return start.isIn(copy) ? copy.cookies().get(DEVICE) : "out";
        };
    try (var threads = Executors.newFixedThreadPool(16)) {
      var given = new TreeSet<String>();
      for (var answer : threads.invokeAll(Collections.nCopies(100, tab))) {
        given.add(answer.get());
      }
      assertEquals(1, given.size(), "one cookie for all, and nobody is out");
      browser.cookies().put(DEVICE, given.first());
    }
    world.domain.clock.advance(Duration.ofMinutes(1).minusSeconds(1));
    browser.json("/api/auth/start", Map.of());
    assertTrue(start.isIn(browser));
  }

  @Test
  void aSessionThatWasNotAskedForAMinuteIsAskedWhileTheBrowserWaits() throws Exception {
    var ilya = new Person(world).connected();
    var browser = start.browser();
    start.remember(browser, ilya);
    for (boolean alive : new boolean[] {true, false}) {
      world.domain.clock.advance(LiveSessions.FRESH.plusSeconds(1));
      ilya.worker();
      browser.cookies().remove(SESSION);
      try (var threads = Executors.newSingleThreadExecutor()) {
        var answer = threads.submit(() -> browser.json("/api/auth/start", Map.of()));
        while (!ilya.isAskedAbout() && !answer.isDone()) {
          Thread.onSpinWait();
        }
        if (alive) ilya.answered();
        else ilya.disconnected();
        var tree = browser.tree(answer.get());
        assertEquals(
            alive ? "telegram_direct" : "telegram_code", tree.path("login_via").stringValue());
        assertEquals(alive, start.isIn(browser));
      }
    }
    assertTrue(
        world.domain.in(h -> world.domain.devices.list(h, ilya.account.id())).isEmpty(),
        "with the session remembered browsers end");
  }

  /// A worker lives, yet Telegram says nothing: that says nothing about the session, and the
  /// browser has its proof.
  @Test
  void aSilentTelegramKeepsAKnownBrowserWaitingForEightSecondsAndNoLonger() throws Exception {
    var ilya = new Person(world).connected();
    var browser = start.browser();
    start.remember(browser, ilya);
    world.domain.clock.advance(LiveSessions.FRESH.plusSeconds(1));
    ilya.worker();
    browser.cookies().remove(SESSION);
    try (var threads = Executors.newSingleThreadExecutor()) {
      var answer = threads.submit(() -> browser.json("/api/auth/start", Map.of()));
      while (!ilya.isAskedAbout() && !answer.isDone()) {
        Thread.onSpinWait();
      }
      assertFalse(answer.isDone(), "it waits for Telegram");
      world.runAhead(Duration.ofSeconds(8));
      var tree = browser.tree(answer.get());
      assertEquals("telegram_direct", tree.path("login_via").stringValue());
      assertEquals("unreachable", tree.path("telegram").stringValue());
      assertTrue(start.isIn(browser));
    }
    var stranger = start.browser();
    var asked = stranger.json("/api/auth/start", Map.of("phone", ilya.number.e164()));
    assertEquals(
        "telegram_confirm",
        stranger.tree(asked).path("login_via").stringValue(),
        "nor proof nor wait");
    assertFalse(start.isIn(stranger));
  }

  @Test
  void tooManyQuestionsAboutANumberSayWhenToTryAgain() {
    var number = "+79970000001";
    for (int times = 0; times < 3; times++) {
      assertEquals(
          200, start.browser().json("/api/auth/start", Map.of("phone", number)).statusCode());
    }
    var refused = start.browser().json("/api/auth/start", Map.of("phone", number));
    assertEquals(429, refused.statusCode());
    assertTrue(refused.headers().firstValue("Retry-After").isPresent());
    assertEquals(422, start.browser().json("/api/auth/start", Map.of("phone", "+7")).statusCode());
  }

  /// What is left when ids, numbers and times are taken out.
  private static String shape(HttpResponse<String> answer) {
    return answer.statusCode()
        + " "
        + answer.headers().map().keySet()
        + " "
        + answer
            .body()
            .replaceAll("[A-Za-z0-9_-]{43}", "S")
            .replaceAll("[A-Za-z0-9_-]{22}", "T")
            .replaceAll("\\d+", "N");
  }

  private static long median(List<Long> times) {
    return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
  }
}
