package propusk.miniapp.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import propusk.domain.account.Account;
import propusk.domain.account.Language;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.device.DeviceOutcome;
import propusk.domain.seal.Secret;
import propusk.domain.session.SessionState;
import propusk.domain.usage.PlanLimit;
import propusk.domain.usage.Usage;
import propusk.domain.websession.LoginVia;
import propusk.domain.websession.WebSessions;
import propusk.miniapp.MiniAppWorld;
import propusk.miniapp.edge.FormTokens;

class AccountHttpTest {
  private static final BrowserInfo BROWSER =
      new BrowserInfo(Optional.of("Firefox"), Optional.of("Linux"), Optional.empty());
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  private final MiniAppWorld world = new MiniAppWorld();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Account ilya = world.ilya(Language.RU);

  @AfterEach
  void close() {
    world.close();
    http.close();
  }

  @Test
  void whoIsSignedInSeesTheirPlanTheirUsageAndTheirAccount() {
    var cookie = signIn();
    var poor = page(cookie, "/dashboard");
    says(poor, "Подписки нет", "Telegram ещё не подключён", "вы вошли только здесь");
    connect();
    var usage = new Usage(world.domain.clock);
    world.domain.jdbi.useTransaction(handle -> {
      usage.report(handle, ilya.id(), PlanLimit.CHANNELS, 50);
      usage.report(handle, ilya.id(), PlanLimit.RAG, 918);
    });
    var rich = page(cookie, "/dashboard");
    says(rich, "Здравствуйте, Илья", "@ilya_kozlov", "Premium", "На связи", "только что");
    says(rich, "из 1\u00a0000", "width=\"91.8%\"", "Осталось 82 запроса. Счётчик обнулится");
    says(rich, "Больше каналов тариф не вмещает", "width=\"0.0%\"");
    assertFalse(rich.contains("Подписки нет"));
  }

  @Test
  void everyStateOfTheTelegramSessionHasItsWords() {
    var cookie = signIn();
    connect();
    for (var state : SessionState.values()) {
      turn(state);
      for (var language : Language.values()) {
        var page = page(cookie, "/dashboard?lang=" + language.code());
        assertFalse(page.contains("{"), state + " leaves a place open");
        boolean lost = state != SessionState.LIVE && state != SessionState.LOG_OUT_PENDING;
        assertEquals(lost, page.contains("href=\"/account/reconnect\""), state + " " + language);
        assertEquals(
            state == SessionState.LIVE, page.contains("href=\"/account/disconnect\""), "" + state);
      }
    }
    says(page(cookie, "/account/reconnect"), "https://t.me/propusk_bot?start=login", "<svg");
  }

  @Test
  void whoIsNotSignedInIsLedToSignInOrToldSo() {
    for (var path :
        List.of(
            "/dashboard",
            "/account/sessions",
            "/account/disconnect",
            "/account/delete",
            "/account/reconnect")) {
      var led = get(world.base, path, new Secret("unknown"));
      assertEquals(303, led.statusCode(), path);
      var where = path.equals("/dashboard") ? "" : "?next=" + path;
      assertEquals(Visitors.SIGN_IN + where, led.headers().firstValue("Location").orElseThrow());
      var json = world.get(path);
      assertEquals(401, json.statusCode(), path);
      assertTrue(json.body().contains("signed_out"));
    }
    assertEquals(401, world.get("/account/status").statusCode());
    assertEquals(401, world.get("/account/events").statusCode());
    for (var path : List.of("/logout", "/account/sessions/others", "/account/delete")) {
      assertEquals(303, post(path, new Secret("unknown"), "x").statusCode(), path);
    }
  }

  @Test
  void logOutEndsTheSessionForEverAndNeedsAFormOfThisBrowser() {
    var cookie = signIn();
    assertEquals(403, post("/logout", cookie, "forged").statusCode());
    assertEquals(200, get(world.base, "/dashboard", cookie).statusCode());
    var out = post("/logout", cookie);
    assertEquals(303, out.statusCode());
    assertTrue(out.headers().firstValue("Set-Cookie").orElseThrow().contains("Max-Age=0"));
    assertOut(cookie);
  }

  @Test
  void anIdleSessionIsOverAndWatchingDoesNotKeepItAlive() {
    var cookie = signIn();
    get(world.base, "/dashboard", cookie);
    world.domain.clock.advance(WebSessions.IDLE.minusSeconds(1));
    assertEquals(200, get(world.base, "/account/status", cookie).statusCode());
    world.domain.clock.advance(Duration.ofSeconds(1));
    assertOut(cookie);
  }

  @Test
  void oneSessionIsEndedFromAnotherBrowserByItsOwnerOnly() {
    var here = signIn();
    var there = signIn();
    var anna = world.domain.person(2, "Anna");
    var annas = signIn(anna);
    says(page(here, "/account/sessions"), "Firefox на Linux", "этот браузер", "вошли без кода");
    var path = "/account/sessions/" + name(there) + "/revoke";
    assertEquals(405, get(world.base, path, here).statusCode(), "a GET ends nothing");
    assertEquals(403, post(path, here, "forged").statusCode());
    assertEquals(303, post(path, annas).statusCode());
    assertEquals(303, post("/account/sessions/nonsense/revoke", here).statusCode());
    assertEquals(200, get(world.base, "/dashboard", there).statusCode(), "nothing was hers to end");
    assertEquals(303, post(path, here).statusCode());
    assertOut(there);
    assertEquals(200, get(world.base, "/dashboard", here).statusCode());
  }

  @Test
  void aKnownBrowserIsForgottenByItsOwnerAndWithTheSessionThatItOpened() {
    var here = signIn();
    var one = remembered();
    var two = remembered();
    remembered();
    says(page(here, "/account/sessions"), "Знакомые браузеры", "Firefox на Linux", "Забыть");
    connect();
    says(page(here, "/dashboard"), "Из 3 знакомых браузеров");
    var annas = signIn(world.domain.person(2, "Anna"));
    assertEquals(303, post("/account/devices/" + device(one) + "/revoke", annas).statusCode());
    assertEquals(3, known(), "they are not hers");
    assertEquals(303, post("/account/devices/" + device(one) + "/revoke", here).statusCode());
    assertEquals(2, known());
    assertOut(one);
    assertEquals(303, post("/account/sessions/" + name(two) + "/revoke", here).statusCode());
    assertEquals(1, known(), "what was ended does not come back by itself");
    assertEquals(303, post("/account/sessions/others", here).statusCode());
    assertEquals(0, known());
    assertEquals(200, get(world.base, "/dashboard", here).statusCode());
  }

  @Test
  void leavingEverywhereIsHeardAndHoldsOnAllWebProcessesWithinASecond() {
    var second = world.anotherProcess();
    var here = signIn();
    var there = signIn();
    var annas = signIn(world.domain.person(2, "Anna"));
    var streams = List.of(watch(world.base, there), watch(second, there), watch(second, here));
    var stays = watch(second, annas);
    assertEquals(303, post("/account/sessions/others", here).statusCode());
    assertEnds(streams.subList(0, 2));
    assertFalse(streams.get(2).isDone(), "this browser stays");
    assertEquals(200, get(second, "/dashboard", here).statusCode());

    var left = post("/account/sessions/everywhere", here);
    assertTrue(left.headers().firstValue("Set-Cookie").orElseThrow().contains("Max-Age=0"));
    assertEnds(streams.subList(2, 3));
    for (var base : List.of(world.base, second)) {
      for (var cookie : List.of(here, there)) {
        assertEquals(303, get(base, "/dashboard", cookie).statusCode());
        assertEquals(401, get(base, "/account/events", cookie).statusCode());
      }
    }
    assertFalse(stays.isDone());
    assertEquals(200, get(second, "/dashboard", annas).statusCode());
  }

  @Test
  void whatIsAskedOfTheTelegramSessionIsDoneAndTheOpenPageHearsOfIt() {
    var cookie = signIn();
    connect();
    var before = stamp(cookie);
    assertEquals(403, post("/account/check", cookie, "forged").statusCode());
    assertEquals(before, stamp(cookie));
    assertEquals(303, post("/account/check", cookie).statusCode());
    assertNotEquals(before, stamp(cookie));
    says(page(cookie, "/dashboard"), "Проверяем…");
    assertEquals(
        1,
        world.domain.count(
            "SELECT count(*) FROM telegram_session WHERE check_wanted_at IS NOT NULL"));

    says(page(cookie, "/account/disconnect"), "Отключить @ilya_kozlov?");
    assertEquals(
        1, world.domain.count("SELECT count(*) FROM telegram_session WHERE state = 'live'"));
    assertEquals(303, post("/account/disconnect", cookie).statusCode());
    says(page(cookie, "/dashboard"), "Завершаем сеанс в Telegram");
    assertEquals(303, get(world.base, "/account/disconnect", cookie).statusCode(), "there is none");
  }

  @Test
  void deletingIsAskedForFirstAndEndsEverySession() {
    var cookie = signIn();
    connect();
    var other = signIn();
    says(page(cookie, "/account/delete"), "подписку Premium", "сохранённый сеанс Telegram");
    assertEquals(0, world.domain.count("SELECT count(*) FROM deletion"));
    var device = world.domain.in(h -> world.domain.devices.remember(h, ilya.id(), BROWSER, other));
    var begun = post("/account/delete", cookie);
    assertInstanceOf(
        DeviceOutcome.Unknown.class,
        world.domain.<DeviceOutcome>in(
            h -> world.domain.devices.use(h, device, BROWSER, _ -> true)));
    says(begun.body(), "Удаляем ваши данные", "https://t.me/propusk_bot");
    assertEquals(1, world.domain.count("SELECT count(*) FROM deletion"));
    assertOut(cookie);
    assertOut(other);
    says(page(signIn(), "/dashboard"), "Удаляем ваши данные");
  }

  private Secret signIn() {
    return signIn(ilya);
  }

  private Secret signIn(Account account) {
    return world.domain.in(
        handle -> world.webSessions.enter(handle, LoginVia.TELEGRAM_DIRECT, account.id(), BROWSER));
  }

  /// A browser that is known again.
  ///
  /// @return the cookie of its web session
  private Secret remembered() {
    var session = signIn();
    world.domain.in(handle -> world.domain.devices.remember(handle, ilya.id(), BROWSER, session));
    return session;
  }

  private String device(Secret session) {
    return world.domain.in(handle ->
        handle
            .createQuery("SELECT device_id FROM web_session WHERE id = :id")
            .bind("id", UUID.fromString(name(session)))
            .mapTo(String.class)
            .one());
  }

  private long known() {
    return world.domain.count("SELECT count(*) FROM trusted_device WHERE revoked_at IS NULL");
  }

  private void connect() {
    var login = world.requested(ilya);
    world.bearer(login, ilya);
    world.complete(world.claim(), ilya);
  }

  private void turn(SessionState state) {
    var keys =
        List.of("revoked", "deactivated", "ended").contains(state.code()) ? "NULL" : "'\\x01'";
    var ended = state == SessionState.LIVE ? "NULL" : "now()";
    world.domain.in(handle ->
        handle.execute(
            "UPDATE telegram_session SET state = '%s', session_key = %s, sealed = %s, ended_at = %s"
                .formatted(state.code(), keys, keys, ended)));
  }

  private String name(Secret cookie) {
    return world
        .domain
        .in(handle -> world.webSessions.peek(handle, cookie))
        .orElseThrow()
        .id()
        .toString();
  }

  private String stamp(Secret cookie) {
    return get(world.base, "/account/status", cookie).body();
  }

  private String page(Secret cookie, String path) {
    var page = get(world.base, path, cookie);
    assertEquals(200, page.statusCode(), path);
    return page.body();
  }

  private static void says(String page, String... words) {
    for (var word : words) {
      assertTrue(page.contains(word), word + " in " + page);
    }
  }

  private void assertOut(Secret cookie) {
    assertEquals(303, get(world.base, "/dashboard", cookie).statusCode());
    assertEquals(401, get(world.base, "/account/status", cookie).statusCode());
  }

  private static void assertEnds(List<CompletableFuture<Instant>> streams) {
    var begun = Instant.now();
    for (var stream : streams) {
      var ended = stream.orTimeout(60, TimeUnit.SECONDS).join();
      var late = Duration.between(begun, ended);
      assertTrue(late.compareTo(AT_ONCE) <= 0, "it took " + late);
    }
  }

  /// An open page of this browser, at a process of its own.
  ///
  /// @return when its stream ended
  private CompletableFuture<Instant> watch(URI base, Secret cookie) {
    try {
      var stream =
          http.send(
              request(base, "/account/events", cookie).build(),
              HttpResponse.BodyHandlers.ofInputStream());
      assertEquals(200, stream.statusCode());
      var lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
      assertEquals("event: account", lines.readLine());
      var ended = new CompletableFuture<Instant>();
      Thread.ofVirtual()
          .start(() -> {
            try (lines) {
              lines.lines().forEach(_ -> {});
              ended.complete(Instant.now());
            } catch (IOException e) {
              ended.completeExceptionally(e);
            }
          });
      return ended;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private HttpResponse<String> get(URI base, String path, Secret cookie) {
    return world.send(request(base, path, cookie));
  }

  private HttpResponse<String> post(String path, Secret cookie) {
    return post(path, cookie, FormTokens.of(cookie));
  }

  private HttpResponse<String> post(String path, Secret cookie, String formToken) {
    return world.send(
        request(world.base, path, cookie)
            .header("Origin", world.base.toString())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("form_token=" + formToken)));
  }

  private static HttpRequest.Builder request(URI base, String path, Secret cookie) {
    return HttpRequest.newBuilder(base.resolve(path))
        .header("Accept", "text/html")
        .header("Accept-Language", "ru")
        .header("Cookie", "__Host-session=" + cookie.value());
  }
}
