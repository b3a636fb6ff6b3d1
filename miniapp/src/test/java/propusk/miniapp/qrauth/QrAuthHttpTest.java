package propusk.miniapp.qrauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import propusk.domain.account.Account;
import propusk.domain.account.Language;
import propusk.domain.login.Failure;
import propusk.domain.login.Login;
import propusk.domain.login.LoginEvent;
import propusk.miniapp.MiniAppWorld;
import propusk.miniapp.initdata.SignedInitData;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QrAuthHttpTest {
  private final MiniAppWorld world = new MiniAppWorld();
  private Account ilya = world.ilya(Language.RU);
  private Login login = world.requested(ilya);

  @BeforeEach
  void ask() {
    ilya = world.ilya(Language.RU);
    login = world.requested(ilya);
  }

  @AfterAll
  void close() {
    world.close();
  }

  @Test
  void anUnknownSessionIsNotFound() {
    var answer = world.get("/qr-auth-status?session_id=test");
    assertEquals(200, answer.statusCode());
    assertEquals("{\"status\":\"not_found\"}", answer.body());
    assertEquals(
        "{\"status\":\"not_found\"}",
        world
            .get("/qr-auth-status?session_id=" + "x".repeat(64), "Authorization", "Bearer abc")
            .body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?session_id=",
        "?session_id=a%20b",
        "?session_id=%00",
        "?session_id=%D0%B6",
        "?session_id=a'--",
        "?session_id=../x",
        "?session_id=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void aMalformedSessionIdIsRefused(String query) {
    var status = send(HttpRequest.newBuilder(), "/qr-auth-status" + query);
    assertEquals(400, status.statusCode(), status.body());
    var events = send(HttpRequest.newBuilder(), "/qr-auth/events" + query);
    assertEquals(400, events.statusCode(), events.body());
    var page = send(HttpRequest.newBuilder(), "/qr-auth" + query);
    assertEquals(400, page.statusCode());
  }

  @Test
  void withoutTheBearerOnlyTheStatusIsTold() {
    assertEquals(
        "{\"status\":\"requested\"}",
        world.get("/qr-auth-status?session_id=" + login.id().value()).body());
  }

  @Test
  void theOwnerOpensThePageAndSeesTheLogin() {
    var answer = world.open(login, world.initData(ilya), "tab");
    assertEquals(200, answer.statusCode(), answer.body());
    assertEquals("application/json", answer.headers().firstValue("Content-Type").orElseThrow());
    var body = world.tree(answer.body());
    assertEquals(43, body.path("bearer").stringValue().length());
    assertEquals(
        "{\"status\":\"preparing\",\"state\":\"pending\",\"version\":2,\"expires_in\":300,"
            + "\"plan\":{\"name\":\"Premium\",\"channels\":50,\"posts_per_day\":1000,"
            + "\"rag_per_day\":1000,\"ai_digests\":true}}",
        body.path("login").toString().replaceFirst("\"connect\":\\{[^}]*},", ""));
    var connect = body.path("login").path("connect");
    assertTrue(connect.path("address").stringValue().endsWith("/connect"), connect.toString());
    assertTrue(connect.path("code").stringValue().matches("[A-Z2-7]{3} [A-Z2-7]{3}"));
  }

  @Test
  void theViewCarriesTheQrWhileThereIsOne() {
    var bearer = world.bearer(login, ilya);
    var link = world.link(world.claim(), Duration.ofSeconds(30));
    world.domain.clock.advance(Duration.ofSeconds(8));
    var view = world.status(login, bearer);
    assertEquals("awaiting_scan", view.path("status").stringValue());
    assertEquals("pending", view.path("state").stringValue());
    assertEquals(291, view.path("expires_in").intValue());
    var qr = view.path("qr");
    assertEquals(1, qr.path("seq").intValue());
    assertEquals(link.value(), qr.path("link").stringValue());
    assertEquals(22, qr.path("expires_in").intValue());
    assertFalse(qr.path("stale").booleanValue());
    assertTrue(qr.path("svg").stringValue().startsWith("<svg "));
    world.domain.clock.advance(Duration.ofSeconds(22));
    assertTrue(world.status(login, bearer).path("qr").path("stale").booleanValue());
  }

  @Test
  void theViewTellsOfThePassword() {
    var bearer = world.bearer(login, ilya);
    var claim = world.claim();
    world.link(claim, Duration.ofSeconds(30));
    world.apply(claim, new LoginEvent.PasswordAsked(Optional.of("кличка")));
    var view = world.status(login, bearer);
    assertEquals("awaiting_password", view.path("status").stringValue());
    assertEquals("{\"hint\":\"кличка\",\"tries_left\":3}", view.path("password").toString());
    assertTrue(view.path("qr").isMissingNode());
  }

  @Test
  void theViewTellsTheEnd() {
    var bearer = world.bearer(login, ilya);
    var claim = world.claim();
    world.link(claim, Duration.ofSeconds(30));
    world.apply(claim, new LoginEvent.Refused(Failure.WRONG_ACCOUNT));
    var view = world.status(login, bearer);
    assertEquals("failed", view.path("status").stringValue());
    assertEquals(
        "{\"code\":\"wrong_account\",\"title\":\"Код отсканировал другой аккаунт\",\"text\":"
            + "\"Страницу открыл @ilya_kozlov, а код принял другой аккаунт Telegram."
            + " Подключить можно только свой.\"}",
        view.path("end").toString());
  }

  @Test
  void theViewTellsUntilWhenToWait() {
    var bearer = world.bearer(login, ilya);
    var claim = world.claim();
    var until = world.domain.clock.instant().plusSeconds(760);
    world.apply(claim, new LoginEvent.Refused(Failure.FLOOD_WAIT, Optional.of(until)));
    var end = world.status(login, bearer).path("end");
    assertEquals(until.toString(), end.path("retry_at").stringValue());
    assertTrue(end.path("title").stringValue().contains("UTC"), end.toString());
  }

  @Test
  void aCompletedLoginIsAuthorizedForOldClients() {
    var bearer = world.bearer(login, ilya);
    var claim = world.claim();
    world.link(claim, Duration.ofSeconds(30));
    world.complete(claim, ilya);
    var view = world.status(login, bearer);
    assertEquals("completed", view.path("status").stringValue());
    assertEquals("authorized", view.path("state").stringValue());
    assertEquals("Авторизация успешна!", view.path("end").path("title").stringValue());
    assertEquals(
        "{\"status\":\"completed\"}",
        world.get("/qr-auth-status?session_id=" + login.id().value()).body());
  }

  @Test
  void openingAgainInTheSameTabIsNoReplayButAnotherTabIs() {
    var initData = world.initData(ilya);
    var first = world.tree(world.open(login, initData, "tab-a").body());
    var again = world.open(login, initData, "tab-a");
    assertEquals(200, again.statusCode());
    assertNotEquals(first.path("bearer"), world.tree(again.body()).path("bearer"));
    assertProblem(401, "init_data_stale", world.open(login, initData, "tab-b"));
    world.domain.clock.advance(Duration.ofSeconds(1));
    assertEquals(200, world.open(login, world.initData(ilya), "tab-b").statusCode());
  }

  @Test
  void somebodyElseIsRefused() {
    var anna = world.domain.person(42, "Анна");
    assertProblem(403, "not_yours", world.open(login, world.initData(anna), "tab"));
    assertEquals(
        "{\"status\":\"requested\"}",
        world.get("/qr-auth-status?session_id=" + login.id().value()).body());
  }

  @Test
  void forgedStaleAndForeignInitDataAreRefused() {
    var now = world.domain.clock.instant();
    var id = ilya.telegramId().value();
    assertProblem(401, "init_data_invalid", world.open(login, "", "tab"));
    assertProblem(401, "init_data_invalid", world.open(login, "hello", "tab"));
    assertProblem(401, "init_data_invalid", world.open(login, world.initData(ilya) + "0", "tab"));
    assertProblem(401, "init_data_invalid", world.open(login, "a=" + "b".repeat(8000), "tab"));
    assertProblem(
        401,
        "init_data_invalid",
        world.open(login, SignedInitData.of(id, "Илья", now).signedFor("7000002:other"), "tab"));
    assertProblem(
        401,
        "init_data_stale",
        world.open(login, world.initData(ilya, now.minusSeconds(301)), "tab"));
    assertProblem(
        401,
        "init_data_invalid",
        world.open(login, world.initData(ilya, now.plusSeconds(31)), "tab"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("badBodies")
  void aBadBodyIsRefused(int status, String code, String body) {
    assertProblem(status, code, world.post("/qr-auth/open", body));
    if (!code.equals("not_found")) {
      assertProblem(status, code, world.post("/qr-auth/cancel", body, "Authorization", "Bearer x"));
    }
  }

  static Stream<Arguments> badBodies() {
    return Stream.of(
        Arguments.of(400, "json_malformed", ""),
        Arguments.of(400, "json_malformed", "{"),
        Arguments.of(400, "json_malformed", "[]"),
        Arguments.of(400, "json_malformed", "null"),
        Arguments.of(400, "json_malformed", "{\"session_id\":7}"),
        Arguments.of(400, "json_malformed", "{\"init_data\":\"x\"}"),
        Arguments.of(400, "json_malformed", "[".repeat(10_000)),
        Arguments.of(400, "session_id_malformed", "{\"session_id\":\"a b\",\"init_data\":\"\"}"),
        Arguments.of(413, "body_too_large", "{\"init_data\":\"" + "x".repeat(20_000) + "\"}"),
        Arguments.of(
            404, "not_found", "{\"session_id\":\"test\",\"init_data\":\"x\",\"tab\":\"t\"}"));
  }

  @Test
  void anUnsafeRequestNeedsJsonAndOurOrigin() {
    var form =
        HttpRequest.newBuilder()
            .POST(HttpRequest.BodyPublishers.ofString("a=b"))
            .header("Content-Type", "application/x-www-form-urlencoded");
    assertProblem(415, "json_expected", send(form, "/qr-auth/open"));
    var foreign =
        HttpRequest.newBuilder()
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .header("Content-Type", "application/json")
            .header("Origin", "https://evil.example");
    assertProblem(403, "origin_not_allowed", send(foreign, "/qr-auth/open"));
  }

  @Test
  void aWrongBearerSeesNothing() {
    world.bearer(login, ilya);
    var status = "/qr-auth-status?session_id=" + login.id().value();
    var events = "/qr-auth/events?session_id=" + login.id().value();
    for (var header :
        new String[] {"Bearer wrong", "Basic abc", "Bearer ", "Bearer " + "x".repeat(500)}) {
      assertProblem(401, "bearer_invalid", world.get(status, "Authorization", header));
      assertProblem(401, "bearer_invalid", world.get(events, "Authorization", header));
    }
    assertProblem(401, "bearer_invalid", world.get(events));
    var cancel = "{\"session_id\":\"" + login.id().value() + "\"}";
    assertProblem(401, "bearer_invalid", world.post("/qr-auth/cancel", cancel));
    assertProblem(
        401,
        "bearer_invalid",
        world.post("/qr-auth/cancel", cancel, "Authorization", "Bearer wrong"));
  }

  @Test
  void aBearerEndsAfterFifteenMinutes() {
    var bearer = world.bearer(login, ilya);
    world.domain.clock.advance(Duration.ofMinutes(15).plusSeconds(1));
    var path = "/qr-auth-status?session_id=" + login.id().value();
    assertProblem(401, "bearer_invalid", world.get(path, "Authorization", "Bearer " + bearer));
  }

  @Test
  void theOwnerCancels() {
    var bearer = world.bearer(login, ilya);
    var body = "{\"session_id\":\"" + login.id().value() + "\"}";
    var answer = world.post("/qr-auth/cancel", body, "Authorization", "Bearer " + bearer);
    assertEquals(200, answer.statusCode(), answer.body());
    var view = world.tree(answer.body());
    assertEquals("cancelled", view.path("status").stringValue());
    assertEquals("failed", view.path("state").stringValue());
    assertEquals("cancelled", view.path("end").path("code").stringValue());
    assertEquals(0, view.path("expires_in").intValue());
    assertEquals("cancelled", world.status(login, bearer).path("status").stringValue());
  }

  @Test
  void unknownPathsAndMethodsHaveTheirAnswers() {
    assertProblem(404, "not_found", world.get("/nothing"));
    assertProblem(404, "not_found", world.get("/assets/qr-auth.0000000000.js"));
    assertProblem(404, "not_found", world.get("/assets/..%2fmessages_ru.properties"));
    assertProblem(405, "method_not_allowed", world.get("/qr-auth/open"));
    assertProblem(405, "method_not_allowed", world.post("/qr-auth-status", "{}"));
    var page = world.get("/nothing", "Accept", "text/html", "Accept-Language", "ru");
    assertEquals(404, page.statusCode());
    assertTrue(page.body().contains("Такой страницы нет"));
  }

  @Test
  void thePageIsTheSameForKnownAndUnknownSessions() {
    var known = world.get("/qr-auth?session_id=" + login.id().value(), "Accept-Language", "ru");
    var unknown = world.get("/qr-auth?session_id=" + "u".repeat(22), "Accept-Language", "ru");
    assertEquals(200, known.statusCode());
    assertEquals(
        known.body().replace(login.id().value(), "ID"),
        unknown.body().replace("u".repeat(22), "ID"));
    assertFalse(known.body().contains("Козлов"));
    assertFalse(known.body().contains("style=\""));
    assertTrue(known.body().contains("lang=\"ru\""));
  }

  @Test
  void whileTheDatabaseIsAwayTheAnswerIs503AndThePageStillComes() {
    try (var away = new MiniAppWorld()) {
      var session = "a".repeat(22);
      away.domain.database.close();
      var answer = away.get("/qr-auth-status?session_id=" + session);
      assertProblem(503, "unavailable", answer);
      assertEquals("2", answer.headers().firstValue("Retry-After").orElseThrow());
      var events = "/qr-auth/events?session_id=" + session;
      assertProblem(503, "unavailable", away.get(events, "Authorization", "Bearer abc"));
      var open = "{\"session_id\":\"" + session + "\",\"init_data\":\"x\",\"tab\":\"t\"}";
      assertProblem(503, "unavailable", away.post("/qr-auth/open", open));
      assertEquals(200, away.get("/qr-auth?session_id=" + session).statusCode());
    }
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String path) {
    return world.send(request.uri(world.base.resolve(path)));
  }

  private void assertProblem(int status, String code, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode(), answer.body());
    assertEquals(
        "application/problem+json", answer.headers().firstValue("Content-Type").orElseThrow());
    JsonNode body = world.tree(answer.body());
    assertEquals(code, body.path("code").stringValue());
    assertEquals(status, body.path("status").intValue());
    assertFalse(body.path("title").stringValue().isEmpty());
    assertEquals(
        answer.headers().firstValue("X-Request-Id").orElseThrow(),
        body.path("request_id").stringValue());
  }
}
