package propusk.miniapp.register;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import propusk.domain.account.Account;
import propusk.domain.account.Language;
import propusk.domain.account.TelegramUserId;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.limit.Limit;
import propusk.domain.seal.Secret;
import propusk.domain.websession.LoginVia;
import propusk.miniapp.MiniAppWorld;

/// Seed 001's endpoints, with what makes them safe.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegisterHttpTest {
  private final MiniAppWorld world = new MiniAppWorld();
  private final Chat chat = new Chat(world);
  private final Account ilya = world.ilya(Language.RU);

  /// A browser that has begun.
  private record Begun(String sessionId, String cookie) {}

  @AfterEach
  void forgetLimits() {
    world.domain.in(handle -> handle.execute("DELETE FROM limit_use"));
  }

  @AfterAll
  void close() {
    world.close();
  }

  @Test
  void nameContactAndCodeLeadToACustomerAndASessionInItsCookieOnly() {
    var begun = begin();
    var pending = status(begun, begun.cookie());
    assertEquals("pending", world.tree(pending.body()).path("status").stringValue());
    chat.open(begun.sessionId(), ilya);
    assertEquals("pending", field(status(begun, begun.cookie()), "status"));
    chat.share(ilya, "+79123456789");
    assertEquals("contact_received", field(status(begun, begun.cookie()), "status"));
    var code = chat.code(begun.sessionId());
    var sent = world.tree(status(begun, begun.cookie()).body());
    assertEquals("code_sent", sent.path("status").stringValue());
    assertEquals("+7 912 ···-67-89", sent.path("phone").stringValue());
    assertEquals(22, sent.path("customerId").stringValue().length());

    var wrong = verify(begun, begun.cookie(), code.equals("111111") ? "222222" : "111111");
    assertEquals(401, wrong.statusCode());
    assertEquals(4, world.tree(wrong.body()).path("tries_left").intValue());
    var from = new BrowserInfo(Optional.empty(), Optional.empty(), Optional.empty());
    var earlier =
        world.domain.in(
            h -> world.webSessions.enter(h, LoginVia.TELEGRAM_CONFIRM, ilya.id(), from));
    var cookies = begun.cookie() + "; __Host-session=" + earlier.value();
    var in = verify(begun, cookies, code.substring(0, 3) + " " + code.substring(3));
    assertEquals(200, in.statusCode(), in.body());
    assertEquals("registered", field(in, "status"));
    var session = cookie(in, "__Host-session");
    assertFalse(in.body().contains(session), "the token is in its cookie only");
    var dashboard =
        world.get("/dashboard", "Cookie", "__Host-session=" + session, "Accept", "text/html");
    assertEquals(200, dashboard.statusCode());
    assertEquals(401, verify(begun, begun.cookie(), code).statusCode(), "once");
    assertTrue(
        world.domain.in(h -> world.webSessions.show(h, earlier)).isEmpty(),
        "the browser changes hands");
  }

  @Test
  void anotherBrowserLearnsAndDoesNothingWithTheSessionId() {
    var begun = begin();
    chat.open(begun.sessionId(), ilya);
    chat.share(ilya, "+79123456789");
    var code = chat.code(begun.sessionId());
    var foreign = begin();
    for (var cookie : List.of("", "nobody", foreign.cookie())) {
      assertEquals(401, status(begun, cookie).statusCode());
      var refused = verify(begun, cookie, code);
      assertEquals(401, refused.statusCode());
      assertTrue(refused.headers().firstValue("Set-Cookie").isEmpty());
    }
    var unknown = new Begun("tg_" + "A".repeat(22), begun.cookie());
    assertEquals(
        code(status(begun, "nobody")), code(status(unknown, begun.cookie())), "both unknown");
    assertEquals(200, verify(begun, begun.cookie(), code).statusCode());
  }

  @Test
  void namesAreAskedForAndTooManyBeginningsSayUntilWhen() {
    assertEquals(422, begin("{\"name\":\"A\"}").statusCode());
    assertEquals(400, begin("{}").statusCode());
    assertEquals(
        415,
        world
            .send(
                HttpRequest.newBuilder(world.base.resolve("/auth/register/telegram"))
                    .header("Origin", world.base.toString())
                    .POST(HttpRequest.BodyPublishers.ofString("{}")))
            .statusCode());
    for (int i = 0; i < 20; i++) {
      begin();
    }
    var limited = begin("{\"name\":\"Илья\"}");
    assertEquals(429, limited.statusCode());
    assertEquals("3600", limited.headers().firstValue("Retry-After").orElseThrow());
    assertEquals(3600, world.tree(limited.body()).path("retry_after").intValue());
  }

  @Test
  void anotherCodeMayBeAskedForAfterAMinute() {
    var begun = begin();
    chat.open(begun.sessionId(), ilya);
    chat.share(ilya, "+79123456789");
    chat.code(begun.sessionId());
    var early = send("/auth/telegram/resend", begun, begun.cookie(), "");
    assertEquals(429, early.statusCode());
    assertEquals("too_early", code(early));
    world.domain.clock.advance(Duration.ofMinutes(1));
    assertEquals(
        "contact_received",
        field(send("/auth/telegram/resend", begun, begun.cookie(), ""), "status"));
  }

  /// Threat T27.
  @Test
  void anOrganizationsBotBringsAContactWithItsKeyAndWhatComesOfItOpensNothingElse() {
    var shore = world.domain.organization("north-shore");
    var key = world.domain.in(handle -> world.domain.keys.create(handle, shore.id(), "bot"));
    var begun = begin();
    var body =
        "{\"sessionId\":\"%s\",\"phone\":\"+79991234567\",\"telegramId\":%d,\"firstName\":\"Mallory\"}"
            .formatted(begun.sessionId(), ilya.telegramId().value());
    assertEquals(401, world.post("/telegram/contact", body).statusCode(), "no key");
    assertEquals(
        401, world.post("/telegram/contact", body, "Authorization", "Bearer pk_x").statusCode());
    var bearer = "Bearer " + key.secret().value();
    var made = world.post("/telegram/contact", body, "Authorization", bearer);
    assertEquals(200, made.statusCode(), made.body());
    assertEquals("code_sent", field(made, "status"));
    assertEquals(410, world.post("/telegram/contact", body, "Authorization", bearer).statusCode());
    assertEquals(
        "Илья",
        world.domain.in(h -> world.domain.accounts.get(h, ilya.id())).firstName(),
        "its word changes nothing that we know");

    var in = verify(begun, begun.cookie(), field(made, "code"));
    var session = cookie(in, "__Host-session");
    for (var path : List.of("/dashboard", "/account/sessions")) {
      var page = world.get(path, "Cookie", "__Host-session=" + session, "Accept", "text/html");
      assertEquals(303, page.statusCode(), path);
    }
    var shown = world.domain.in(h -> world.webSessions.showTo(h, shore.id(), new Secret(session)));
    assertEquals(Optional.of(shore.id()), shown.orElseThrow().organization());
    world.domain.in(handle -> world.domain.keys.revoke(handle, key.key().id()));
    assertEquals(
        401,
        world.post("/telegram/contact", body, "Authorization", bearer).statusCode(),
        "a revoked key opens nothing");
  }

  @Test
  void whatAnOrganizationCallsSomebodyIsCutToANameAndRubbishIsRefused() {
    var shore = world.domain.organization("long-names");
    var key = world.domain.in(handle -> world.domain.keys.create(handle, shore.id(), "bot"));
    var bearer = "Bearer " + key.secret().value();
    var body =
        "{\"sessionId\":\"%s\",\"phone\":\"+79991234567\",\"telegramId\":%s,\"firstName\":\"%s\"}";
    var name = "\\u0000\\ud800" + "\\ud83d\\ude00".repeat(100);
    var made =
        world.post(
            "/telegram/contact",
            body.formatted(begin().sessionId(), "4711", name),
            "Authorization",
            bearer);
    assertEquals(200, made.statusCode(), made.body());
    var person = new TelegramUserId(4711);
    assertEquals(
        "😀".repeat(64),
        world.domain.in(h -> world.domain.accounts.find(h, person)).orElseThrow().firstName());
    for (var nobody : List.of("0", "-1", "4503599627370497", "18446744073709551617", "\"1\"")) {
      var refused =
          world.post(
              "/telegram/contact",
              body.formatted(begin().sessionId(), nobody, "A"),
              "Authorization",
              bearer);
      assertEquals(400, refused.statusCode(), nobody);
    }
  }

  /// Threat T12: whoever has a key makes up people as they like, so the key itself is counted.
  @Test
  void aKeyBringsSoManyCodesOnlyAndGuessedKeysRunOut() {
    var club = world.domain.organization("busy-club");
    var key = world.domain.in(handle -> world.domain.keys.create(handle, club.id(), "bot"));
    var subject = Long.toString(key.key().id().value());
    world.domain.in(handle -> {
      for (int i = 0; i < Limit.CODE_PER_KEY.amount(); i++) {
        world.domain.limits.take(handle, Limit.CODE_PER_KEY, subject);
      }
      return subject;
    });
    for (var path : List.of("/telegram/contact", "/api/auth/telegram-code/verify")) {
      var closed = world.post(path, "{}", "Authorization", "Bearer " + key.secret().value());
      assertEquals(429, closed.statusCode(), path);
      assertEquals("3600", closed.headers().firstValue("Retry-After").orElseThrow());
    }
    world.domain.in(handle -> handle.execute("DELETE FROM limit_use"));
    var paths = List.of("/telegram/contact", "/api/auth/telegram-code/verify", "/api/auth");
    for (int i = 0; i < Limit.KEY_GUESS_PER_ADDRESS.amount(); i++) {
      var path = paths.get(i % paths.size());
      var guess = world.post(path, "{}", "Authorization", "Bearer pk_" + i);
      assertEquals(401, guess.statusCode(), path);
    }
    for (var path : paths) {
      var right = world.post(path, "{}", "Authorization", "Bearer " + key.secret().value());
      assertEquals(429, right.statusCode(), path);
    }
  }

  private Begun begin() {
    var answer = begin("{\"name\":\"Test User\"}");
    assertEquals(200, answer.statusCode(), answer.body());
    var json = world.tree(answer.body());
    var id = json.path("sessionId").stringValue();
    assertTrue(id.matches("tg_[A-Za-z0-9_-]{22}"), id);
    assertEquals("https://t.me/propusk_bot?start=" + id, json.path("telegramLink").stringValue());
    assertEquals("propusk_bot", json.path("botUsername").stringValue());
    return new Begun(id, cookie(answer, "__Host-register"));
  }

  private HttpResponse<String> begin(String body) {
    return world.post("/auth/register/telegram", body);
  }

  private HttpResponse<String> status(Begun begun, String cookie) {
    return send("/auth/telegram/check-status", begun, cookie, "");
  }

  private HttpResponse<String> verify(Begun begun, String cookie, String code) {
    return send("/auth/telegram/verify", begun, cookie, ",\"code\":\"" + code + "\"");
  }

  private HttpResponse<String> send(String path, Begun begun, String cookie, String more) {
    var body = "{\"sessionId\":\"" + begun.sessionId() + "\"" + more + "}";
    return world.post(path, body, "Cookie", "__Host-register=" + cookie);
  }

  private String field(HttpResponse<String> answer, String name) {
    return world.tree(answer.body()).path(name).stringValue();
  }

  private String code(HttpResponse<String> answer) {
    return field(answer, "code");
  }

  private static String cookie(HttpResponse<String> answer, String name) {
    return answer.headers().allValues("Set-Cookie").stream()
        .filter(header -> header.startsWith(name + "=") && !header.contains("Max-Age=0"))
        .map(header -> header.substring(name.length() + 1, header.indexOf(';')))
        .findFirst()
        .orElseThrow();
  }
}
