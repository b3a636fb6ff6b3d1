package propusk.miniapp.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import propusk.domain.account.Account;
import propusk.domain.account.Language;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.event.Admission;
import propusk.domain.event.Event;
import propusk.domain.event.EventDraft;
import propusk.domain.event.RegisterOutcome;
import propusk.domain.organization.Organization;
import propusk.domain.seal.Secret;
import propusk.domain.signin.SignIn;
import propusk.domain.signin.SignInCode;
import propusk.domain.signin.SignInId;
import propusk.domain.websession.LoginVia;
import propusk.miniapp.MiniAppWorld;
import propusk.miniapp.edge.FormTokens;

/// Seed 003's endpoints and an event's page, with what makes them safe.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventHttpTest {
  private final MiniAppWorld world = new MiniAppWorld();
  private final Account ilya = world.ilya(Language.RU);
  private final Organization shore = world.domain.organization("north-shore");

  @AfterEach
  void forgetLimits() {
    world.domain.in(handle -> handle.execute("DELETE FROM limit_use"));
  }

  @AfterAll
  void close() {
    world.close();
  }

  @Test
  void aStrangerSeesTheEventWithoutItsPlaceAndTheOneWhoSaidYesGoesInOnce() {
    var event = event(40);
    var closed = page(event, "");
    assertTrue(closed.contains("Ночная прогулка") && closed.contains("Санкт-Петербург"), closed);
    assertFalse(closed.contains("Набережная"), "the place is for who is registered");
    var cookie = cookie(post(event, "", "do=code"), "__Host-event");
    var waiting = page(event, "__Host-event=" + cookie);
    assertTrue(waiting.contains("Ждём вас в боте"), waiting);
    approve(cookie);
    var form = "do=enter&form_token=" + FormTokens.of(new Secret(cookie));
    assertTrue(
        post(event, "__Host-event=" + cookie, "do=enter&form_token=x")
            .headers()
            .allValues("Set-Cookie")
            .isEmpty());
    var earlier = signedIn();
    var both = "__Host-event=" + cookie + "; __Host-session=" + earlier.value();
    var session = cookie(post(event, both, form), "__Host-session");
    assertTrue(isOut(earlier), "the browser changes hands");
    var open = page(event, "__Host-session=" + session);
    assertTrue(open.contains("Набережная, 5") && open.contains("вы записаны"), open);
    assertTrue(
        post(event, "__Host-event=" + cookie, form).headers().allValues("Set-Cookie").isEmpty(),
        "once");
    var elsewhere = event(40);
    var other = page(elsewhere, "__Host-session=" + session);
    assertFalse(other.contains("Набережная"), "signed in is not registered");
    assertTrue(other.contains("Записаться"), other);
    post(
        elsewhere,
        "__Host-session=" + session,
        "do=join&form_token=" + FormTokens.of(new Secret(session)));
    assertTrue(page(elsewhere, "__Host-session=" + session).contains("Набережная, 5"));
  }

  @Test
  void aPlaceIsGivenBackByItsOwnPagesFormOnlyAndIsTheNextOnes() {
    var event = event(1);
    world.domain.in(h -> world.domain.events.register(h, event.id(), ilya.id()));
    var cookie = signedIn();
    var session = "__Host-session=" + cookie.value();
    assertTrue(page(event, session).contains("Отдать место"));
    post(event, session, "do=leave&form_token=x");
    post(event, "", "do=leave&form_token=" + FormTokens.of(cookie));
    assertTrue(page(event, session).contains("вы записаны"), "no page of others gives it back");
    var form = "do=leave&form_token=" + FormTokens.of(cookie);
    var left = post(event, session, form).headers().firstValue("Location").orElseThrow();
    assertTrue(get(left, session).body().contains("Место отдано"), left);
    assertFalse(page(event, session).contains("Место отдано"), "said once");
    assertFalse(page(event, session).contains("Набережная"), "who has no place sees none");
    assertEquals(
        event.path(), post(event, session, form).headers().firstValue("Location").orElseThrow());
    var anna = world.domain.person(2, "Анна");
    var got = world.domain.in(h -> world.domain.events.register(h, event.id(), anna.id()));
    assertEquals(RegisterOutcome.REGISTERED, got);
    var late = get(left, session).body();
    assertTrue(late.contains("уже заняли") && !late.contains("Записаться снова"), late);
  }

  @Test
  void whatIsNotThereOrNotOpenSaysSo() {
    var event = event(1);
    assertEquals(404, get("/p/other/events/" + event.publicId(), "").statusCode());
    assertEquals(404, get("/p/north-shore/events/" + "A".repeat(22), "").statusCode());
    world.domain.in(h -> world.domain.events.register(h, event.id(), ilya.id()));
    assertTrue(page(event, "").contains("Все места заняты."));
    world.domain.in(h -> world.domain.events.cancel(h, event.id()));
    assertTrue(page(event, "").contains("Событие отменено."));
  }

  /// Threat T10: the corpus itself is LocalPathTest's.
  @Test
  void aRedirectIsAPathOfThisSiteOrNothing() {
    for (var bad :
        List.of(
            "https://evil.example",
            "//evil.example",
            "/\\\\evil.example",
            "/%2f%2fevil.example",
            "javascript:alert(1)",
            "/a/../b",
            "")) {
      var refused = generate("{\"orgId\":\"north-shore\",\"redirectUrl\":\"" + bad + "\"}");
      assertEquals(422, refused.statusCode(), bad);
    }
    var answer = generate("{\"orgId\":\"north-shore\",\"redirectUrl\":\"/dashboard?from=club\"}");
    var admission = approve(cookie(answer, "__Host-event"));
    var entered = world.send(form("/auth/magic/" + token(admission)));
    assertEquals(303, entered.statusCode());
    assertEquals("/dashboard?from=club", entered.headers().firstValue("Location").orElseThrow());
  }

  @Test
  void generateAnswersAsTheFirstVersionDidAndDrawsTheCodeHere() {
    var event = event(40);
    var answer = generate("{\"eventId\":\"" + event.publicId() + "\"}");
    assertEquals(200, answer.statusCode(), answer.body());
    var json = world.tree(answer.body());
    assertTrue(json.path("code").stringValue().matches("[A-Z2-7]{8}"));
    assertTrue(
        json.path("deepLink").stringValue().matches("https://t.me/propusk_bot\\?start=.{22}"));
    assertEquals("propusk_bot", json.path("botUsername").stringValue());
    assertEquals(600, json.path("expiresInSeconds").intValue());
    var cookie = "__Host-event=" + cookie(answer, "__Host-event");
    var qr = get(json.path("qrUrl").stringValue(), cookie);
    assertTrue(qr.body().startsWith("<svg "), qr.body());
    assertEquals(404, get(json.path("qrUrl").stringValue(), "").statusCode(), "for its browser");
    assertEquals(
        404,
        generate("{\"eventId\":\"%s\",\"orgId\":\"other\"}".formatted(event.publicId()))
            .statusCode());
  }

  /// Threat T11.
  @Test
  void previewsOfAMagicLinkSpendNothingAndItsPageNamesTheAccount() {
    var event = event(40);
    var admission = approve(cookie(post(event, "", "do=code"), "__Host-event"));
    var path = "/auth/magic/" + token(admission);
    for (int i = 0; i < 20; i++) {
      var asked = get(path, "");
      assertEquals(200, asked.statusCode());
      assertTrue(asked.body().contains("@ilya_kozlov"), asked.body());
      assertTrue(asked.headers().allValues("Set-Cookie").isEmpty());
    }
    var foreign =
        HttpRequest.newBuilder(world.base.resolve(path))
            .header("Origin", "https://evil.example")
            .POST(BodyPublishers.ofString(""));
    assertEquals(403, world.send(foreign).statusCode(), "no page of others presses the button");
    var earlier = signedIn();
    var entered = world.send(form(path).header("Cookie", "__Host-session=" + earlier.value()));
    assertTrue(isOut(earlier), "the browser changes hands");
    assertEquals(event.path(), entered.headers().firstValue("Location").orElseThrow());
    var session = cookie(entered, "__Host-session");
    assertTrue(page(event, "__Host-session=" + session).contains("Набережная, 5"));
    assertEquals(409, world.send(form(path)).statusCode());
    assertEquals(410, get(path, "").statusCode());
    assertEquals(410, get("/auth/magic/" + "A".repeat(43), "").statusCode());
  }

  /// Threat T27.
  @Test
  void anOrganizationsBotVerifiesACodeWithItsKeyForItsOwnPagesOnly() {
    var event = event(40);
    var answer = generate("{\"eventId\":\"" + event.publicId() + "\"}");
    var code = world.tree(answer.body()).path("code").stringValue();
    var body =
        "{\"code\":\"%s\",\"telegramUserId\":%d,\"firstName\":\"Mallory\"}"
            .formatted(code, ilya.telegramId().value());
    assertEquals(401, verify(body, "Bearer pk_nothing").statusCode());
    var foreign = world.domain.organization("foreign");
    assertEquals(404, verify(body, key(foreign)).statusCode(), "another organization's key");
    var key = key(shore);
    var verified = verify(body, key);
    assertEquals(200, verified.statusCode(), verified.body());
    var json = world.tree(verified.body());
    assertEquals(event.path(), json.path("redirectUrl").stringValue());
    assertEquals("north-shore", json.path("orgId").stringValue());
    assertEquals(404, verify(body, key).statusCode(), "a code is used once");

    var path = json.path("sessionUrl").stringValue().substring(world.base.toString().length());
    var session = "__Host-session=" + cookie(world.send(form(path)), "__Host-session");
    assertTrue(page(event, session).contains("Набережная, 5"));
    for (var closed : List.of("/dashboard", "/account/sessions")) {
      assertEquals(303, get(closed, session).statusCode(), closed);
    }
    var others = world.domain.in(h -> world.domain.events.create(h, foreign, draft(40)));
    assertTrue(
        page(others, session).contains("Войдите через Telegram"), "no session on others' pages");
  }

  /// Threat T27.
  @Test
  void whoAnOrganizationVouchedForGoesInToItsPagesOnly() {
    var event = event(40);
    var cookie = cookie(post(event, "", "do=code"), "__Host-event");
    var signIn = signIn(cookie);
    var body =
        "{\"token\":\"%s\",\"number\":%d,\"user\":{\"id\":%d,\"first_name\":\"Mallory\"}}"
            .formatted(
                world.domain.signIns.start(signIn).value(),
                signIn.number(),
                ilya.telegramId().value());
    var vouched = world.tree(world.post("/api/auth", body, "Authorization", key(shore)).body());
    assertTrue(vouched.path("authorized").booleanValue(), vouched::toString);
    assertEquals(event.path(), vouched.path("redirectUrl").stringValue());
    assertTrue(vouched.path("sessionUrl").stringValue().contains("/auth/magic/"));
    var form = "do=enter&form_token=" + FormTokens.of(new Secret(cookie));
    var session =
        "__Host-session=" + cookie(post(event, "__Host-event=" + cookie, form), "__Host-session");
    assertTrue(page(event, session).contains("Набережная, 5"), "the word gives the place too");
    assertEquals(303, get("/dashboard", session).statusCode());
  }

  /// Threat T12.
  @Test
  void codesThatAreGuessedRunOutForTheOneWhoGuesses() {
    var key = key(shore);
    var body = "{\"code\":\"AAAAAAAA\",\"telegramUserId\":4242}";
    for (int i = 0; i < 5; i++) {
      assertEquals(404, verify(body, key).statusCode());
    }
    var limited = verify(body, key);
    assertEquals(429, limited.statusCode());
    assertTrue(world.tree(limited.body()).path("retry_after").intValue() > 0);
  }

  private SignIn signIn(String cookie) {
    var id = new SignInId(cookie.substring(0, 22));
    return world.domain.in(handle -> world.domain.signIns.find(handle, id)).orElseThrow();
  }

  /// As the person does it in the bot.
  private Admission approve(String cookie) {
    var id = new SignInId(cookie.substring(0, 22));
    return world.domain.in(handle -> {
      var signIn = world.domain.signIns.find(handle, id).orElseThrow();
      SignInCode code = world.domain.signIns.code(signIn);
      world.domain.signIns.open(handle, code, ilya.id());
      world.domain.signIns.pick(handle, id, ilya.id(), signIn.number());
      return world.domain.admissions.admit(handle, signIn, ilya.id());
    });
  }

  private Secret signedIn() {
    var from = new BrowserInfo(Optional.empty(), Optional.empty(), Optional.empty());
    return world.domain.in(
        h -> world.webSessions.enter(h, LoginVia.TELEGRAM_CONFIRM, ilya.id(), from));
  }

  private boolean isOut(Secret session) {
    return world.domain.in(h -> world.webSessions.show(h, session)).isEmpty();
  }

  private static String token(Admission admission) {
    return admission.link().orElseThrow().value();
  }

  private String key(Organization organization) {
    var made = world.domain.in(h -> world.domain.keys.create(h, organization.id(), "bot"));
    return "Bearer " + made.secret().value();
  }

  private HttpResponse<String> generate(String body) {
    return world.post("/api/auth/telegram-code/generate", body);
  }

  private HttpResponse<String> verify(String body, String authorization) {
    return world.post("/api/auth/telegram-code/verify", body, "Authorization", authorization);
  }

  private String page(Event event, String cookie) {
    var answer = get(event.path(), cookie);
    assertEquals(200, answer.statusCode(), answer.body());
    return answer.body();
  }

  private HttpResponse<String> get(String path, String cookie) {
    return world.get(path, "Cookie", cookie, "Accept", "text/html", "Accept-Language", "ru");
  }

  private HttpResponse<String> post(Event event, String cookie, String body) {
    return world.send(
        form(event.path())
            .header("Cookie", cookie)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder form(String path) {
    return HttpRequest.newBuilder(world.base.resolve(path))
        .header("Origin", world.base.toString())
        .POST(BodyPublishers.ofString(""));
  }

  private Event event(int capacity) {
    return world.domain.in(handle -> world.domain.events.create(handle, shore, draft(capacity)));
  }

  private EventDraft draft(int capacity) {
    return new EventDraft(
        "Ночная прогулка",
        world.domain.clock.instant().plus(Duration.ofDays(3)),
        Duration.ofHours(2),
        "Санкт-Петербург",
        "Набережная, 5",
        OptionalInt.of(capacity));
  }

  private static String cookie(HttpResponse<String> answer, String name) {
    return answer.headers().allValues("Set-Cookie").stream()
        .filter(header -> header.startsWith(name + "=") && !header.contains("Max-Age=0"))
        .map(header -> header.substring(name.length() + 1, header.indexOf(';')))
        .findFirst()
        .orElseThrow(() -> new AssertionError(answer.statusCode() + " " + answer.headers().map()));
  }
}
