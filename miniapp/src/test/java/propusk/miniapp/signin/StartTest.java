package propusk.miniapp.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import propusk.domain.seal.Secret;
import propusk.domain.signin.SignInId;
import propusk.domain.websession.WebSessions;
import propusk.miniapp.MiniAppWorld;
import propusk.miniapp.phone.Browser;

/// `POST /api/auth/start` and the pages beside it: which proofs let a browser in.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StartTest {
  private static final String SESSION = "__Host-session";
  private static final String DEVICE = "__Host-device";

  private final MiniAppWorld world = new MiniAppWorld();
  private int addresses;

  @AfterAll
  void close() {
    world.close();
  }

  /// What a browser shows of a remembered browser.
  private enum Device {
    NONE,
    OWN,
    FOREIGN,
    REPLACED,
    REVOKED,
    RETIRED,
    RESTING,
    RUBBISH
  }

  private enum Typed {
    OWN,
    NONE,
    FOREIGN,
    NOBODYS
  }

  private enum InitData {
    NONE,
    OWN,
    FOREIGN,
    FORGED,
    USED
  }

  private enum Session {
    LIVE,
    NONE,
    UNREACHABLE
  }

  /// @param answer `login_via`, or the code of a refusal
  /// @param in whether the browser gets a session
  private record Row(
      Device device, Typed number, InitData initData, Session session, String answer, boolean in) {}

  private static Row row(
      Device device, Typed number, InitData initData, Session session, String answer, boolean in) {
    return new Row(device, number, initData, session, answer, in);
  }

  private static final String DIRECT = "telegram_direct";
  private static final String CONFIRM = "telegram_confirm";
  private static final String CODE = "telegram_code";

  /// T13: every row says whether a cookie is given. A number alone never gives one.
  private static final List<Row> TABLE =
      List.of(
          // a number alone: the same for everybody
          row(Device.NONE, Typed.OWN, InitData.NONE, Session.LIVE, CONFIRM, false),
          row(Device.NONE, Typed.OWN, InitData.NONE, Session.NONE, CONFIRM, false),
          row(Device.NONE, Typed.OWN, InitData.NONE, Session.UNREACHABLE, CONFIRM, false),
          row(Device.NONE, Typed.NOBODYS, InitData.NONE, Session.LIVE, CONFIRM, false),
          row(Device.NONE, Typed.NONE, InitData.NONE, Session.LIVE, "signed_out", false),
          // a remembered browser
          row(Device.OWN, Typed.OWN, InitData.NONE, Session.LIVE, DIRECT, true),
          row(Device.OWN, Typed.NONE, InitData.NONE, Session.LIVE, DIRECT, true),
          row(Device.OWN, Typed.OWN, InitData.NONE, Session.UNREACHABLE, DIRECT, true),
          row(Device.OWN, Typed.NONE, InitData.NONE, Session.UNREACHABLE, DIRECT, true),
          row(Device.OWN, Typed.OWN, InitData.NONE, Session.NONE, CODE, false),
          row(Device.OWN, Typed.NONE, InitData.NONE, Session.NONE, CODE, false),
          row(Device.OWN, Typed.FOREIGN, InitData.NONE, Session.LIVE, CONFIRM, false),
          row(Device.OWN, Typed.NOBODYS, InitData.NONE, Session.LIVE, CONFIRM, false),
          row(Device.FOREIGN, Typed.OWN, InitData.NONE, Session.LIVE, CONFIRM, false),
          row(Device.REPLACED, Typed.OWN, InitData.NONE, Session.LIVE, CONFIRM, false),
          row(Device.REPLACED, Typed.NONE, InitData.NONE, Session.LIVE, "signed_out", false),
          row(Device.REVOKED, Typed.OWN, InitData.NONE, Session.LIVE, CONFIRM, false),
          row(Device.REVOKED, Typed.NONE, InitData.NONE, Session.LIVE, "signed_out", false),
          row(Device.RETIRED, Typed.OWN, InitData.NONE, Session.NONE, CODE, false),
          row(Device.RETIRED, Typed.OWN, InitData.NONE, Session.LIVE, CODE, false),
          row(Device.RESTING, Typed.NONE, InitData.NONE, Session.LIVE, "signed_out", false),
          row(Device.RESTING, Typed.OWN, InitData.NONE, Session.LIVE, DIRECT, true),
          row(Device.RUBBISH, Typed.OWN, InitData.NONE, Session.LIVE, CONFIRM, false),
          row(Device.RUBBISH, Typed.NONE, InitData.NONE, Session.LIVE, "signed_out", false),
          // init data
          row(Device.NONE, Typed.OWN, InitData.OWN, Session.LIVE, DIRECT, true),
          row(Device.NONE, Typed.OWN, InitData.OWN, Session.UNREACHABLE, DIRECT, true),
          row(Device.NONE, Typed.OWN, InitData.OWN, Session.NONE, CODE, false),
          row(Device.NONE, Typed.FOREIGN, InitData.OWN, Session.LIVE, CONFIRM, false),
          row(Device.NONE, Typed.NOBODYS, InitData.OWN, Session.LIVE, CONFIRM, false),
          row(Device.NONE, Typed.OWN, InitData.FOREIGN, Session.LIVE, CONFIRM, false),
          row(Device.NONE, Typed.OWN, InitData.FORGED, Session.LIVE, "init_data_invalid", false),
          row(Device.NONE, Typed.OWN, InitData.USED, Session.LIVE, "init_data_stale", false),
          row(Device.OWN, Typed.OWN, InitData.FOREIGN, Session.LIVE, DIRECT, true),
          row(Device.REVOKED, Typed.OWN, InitData.OWN, Session.LIVE, DIRECT, true));

  @Test
  void everyCombinationOfProofsLetsInOrNotAsTheTableSays() {
    for (var row : TABLE) {
      var browser = browser();
      var body = prepare(row, browser);
      browser.cookies().remove(SESSION);
      var answer = browser.json("/api/auth/start", body);
      var tree = browser.tree(answer);
      var said = tree.path(answer.statusCode() == 200 ? "login_via" : "code").stringValue();
      assertEquals(row.answer(), said, () -> row + ": " + answer.body());
      assertEquals(row.in(), browser.cookies().containsKey(SESSION), row::toString);
      assertFalse(answer.body().contains("auth_token"), "the token is in the cookie only");
      assertEquals(row.in(), isIn(browser), row::toString);
      if (row.in()) {
        assertEquals(
            row.session() == Session.LIVE ? "alive" : "unreachable",
            tree.path("telegram").stringValue(),
            row::toString);
        assertEquals("Илья", tree.path("user").path("first_name").stringValue());
      }
    }
  }

  private Map<String, String> prepare(Row row, Browser browser) {
    var ilya = new Person(world).connected();
    var anna = new Person(world).connected();
    switch (row.device()) {
      case NONE -> {}
      case OWN -> remember(browser, ilya);
      case FOREIGN -> remember(browser, anna);
      case REPLACED -> {
        remember(browser, ilya);
        var copied = browser.cookies().get(DEVICE);
        world.domain.clock.advance(Duration.ofSeconds(11));
        browser.json("/api/auth/start", Map.of());
        world.domain.clock.advance(Duration.ofSeconds(11));
        browser.cookies().put(DEVICE, copied);
      }
      case REVOKED -> {
        remember(browser, ilya);
        world.domain.in(handle -> world.domain.devices.revokeAll(handle, ilya.account.id()));
      }
      case RETIRED -> {
        remember(browser, ilya);
        ilya.disconnected();
        if (row.session() == Session.LIVE) ilya.connected();
      }
      case RESTING -> {
        remember(browser, ilya);
        var cookie = new Secret(browser.cookies().getOrDefault(DEVICE, "none"));
        world.domain.in(handle -> {
          world.domain.devices.rest(handle, cookie);
          return cookie;
        });
      }
      case RUBBISH ->
          browser
              .cookies()
              .put(DEVICE, "A".repeat(22) + "." + world.domain.tokens.secret().value());
    }
    var body = new TreeMap<String, String>();
    switch (row.number()) {
      case OWN -> body.put("phone", ilya.number.e164());
      case FOREIGN -> body.put("phone", anna.number.e164());
      case NOBODYS -> body.put("phone", "+7999" + "%07d".formatted(++addresses));
      case NONE -> {}
    }
    switch (row.session()) {
      case LIVE -> {}
      case NONE -> {
        if (row.device() != Device.RETIRED) {
          world.domain.in(h -> world.domain.sessions.logOut(h, ilya.account.id()));
        }
      }
      // No worker lives that could ask.
      case UNREACHABLE -> {
        world.domain.clock.advance(Duration.ofMinutes(2));
        world.domain.in(
            h -> h.execute("UPDATE worker SET ended_at = now() WHERE ended_at IS NULL"));
      }
    }
    world.domain.clock.advance(Duration.ofSeconds(1));
    switch (row.initData()) {
      case NONE -> {}
      case OWN -> body.put("init_data", world.initData(ilya.account));
      case FOREIGN -> body.put("init_data", world.initData(anna.account));
      case FORGED ->
          body.put("init_data", world.initData(ilya.account).replaceFirst("hash=.", "hash=x"));
      case USED -> {
        body.put("init_data", world.initData(ilya.account));
        browser().json("/api/auth/start", body);
      }
    }
    return body;
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
        var browser = browser();
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
    var browser = browser();
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
    assertFalse(isIn(browser), "being told lets nobody in");
    var thief = browser();
    thief.open("/login");
    assertEquals(
        "{\"authorized\":false,\"status\":\"not_found\"}",
        thief.get("/api/auth?token=" + token).body());
    assertEquals(401, thief.json("/api/auth/exchange", Map.of("token", token)).statusCode());
    assertEquals(200, browser.json("/api/auth/exchange", Map.of("token", token)).statusCode());
    assertTrue(isIn(browser));
    assertEquals(409, browser.json("/api/auth/exchange", Map.of("token", token)).statusCode());
  }

  /// The pages alone, without scripts: yes, no, another number, no answer, and known again.
  @Test
  void thePagesLeadInAndRememberTheBrowser() {
    var ilya = new Person(world).connected();
    var browser = browser();
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
    var token = token(browser);
    ilya.denies(token);
    assertTrue(browser.open("/login/" + token).body().contains("Вход отклонён"));
    world.domain.clock.advance(Duration.ofMinutes(16));

    browser.open("/login");
    browser.submit(
        "/login", Map.of("do", "telegram", "remember", "yes", "next", "/account/sessions"));
    assertTrue(browser.page().contains("?start=auth_"), browser.page());
    token = token(browser);
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
    assertFalse(isIn(browser), "out is out");
    browser.submit("/login", Map.of("do", "number", "phone", ilya.number.e164()));
    assertTrue(browser.address().endsWith("/dashboard"), browser.address());

    // The session dies at Telegram.
    ilya.disconnected();
    browser.cookies().remove(SESSION);
    browser.open("/login");
    browser.submit("/login", Map.of("do", "number", "phone", ilya.number.e164()));
    assertTrue(browser.page().contains("Telegram отключён"), browser.page());
    assertFalse(isIn(browser));
  }

  @Test
  void hundredTabsThatComeBackAtOnceAreAllIn() throws Exception {
    var ilya = new Person(world).connected();
    var browser = browser();
    remember(browser, ilya);
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
          return isIn(copy) ? copy.cookies().get(DEVICE) : "out";
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
    assertTrue(isIn(browser));
  }

  @Test
  void aSessionThatWasNotAskedForAMinuteIsAskedWhileTheBrowserWaits() throws Exception {
    var ilya = new Person(world).connected();
    var browser = browser();
    remember(browser, ilya);
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
        assertEquals(alive ? DIRECT : CODE, tree.path("login_via").stringValue());
        assertEquals(alive, isIn(browser));
      }
    }
    assertTrue(
        world.domain.in(h -> world.domain.devices.list(h, ilya.account.id())).isEmpty(),
        "with the session remembered browsers end");
  }

  @Test
  void tooManyQuestionsAboutANumberSayWhenToTryAgain() {
    var number = "+79970000001";
    for (int times = 0; times < 3; times++) {
      assertEquals(200, browser().json("/api/auth/start", Map.of("phone", number)).statusCode());
    }
    var refused = browser().json("/api/auth/start", Map.of("phone", number));
    assertEquals(429, refused.statusCode());
    assertTrue(refused.headers().firstValue("Retry-After").isPresent());
    assertEquals(422, browser().json("/api/auth/start", Map.of("phone", "+7")).statusCode());
  }

  private void remember(Browser browser, Person person) {
    browser.open("/login");
    browser.submit("/login", Map.of("do", "telegram", "remember", "yes"));
    var token = token(browser);
    world.domain.in(handle -> {
      var signIn = world.domain.signIns.find(handle, new SignInId(token)).orElseThrow();
      return world.domain.signIns.open(
          handle, world.domain.signIns.start(signIn), person.account.id());
    });
    person.says(token);
    browser.open("/login/" + token);
    browser.submit("/login/" + token, Map.of());
    assertTrue(browser.cookies().containsKey(DEVICE), "it is remembered");
  }

  private boolean isIn(Browser browser) {
    return browser.get("/account/status").statusCode() == 200;
  }

  private static String token(Browser browser) {
    return browser.address().substring(browser.address().lastIndexOf('/') + 1);
  }

  private Browser browser() {
    return new Browser(world, "198.51." + (++addresses / 250 % 250) + "." + (addresses % 250 + 1));
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
