package propusk.miniapp.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import propusk.domain.account.Account;
import propusk.domain.account.Language;
import propusk.domain.limit.Limit;
import propusk.domain.organization.OrganizationId;
import propusk.domain.seal.Hashes;
import propusk.domain.seal.Secret;
import propusk.domain.signin.Decision;
import propusk.domain.signin.SignInId;
import propusk.domain.signin.StartParameter;
import propusk.miniapp.MiniAppWorld;
import tools.jackson.databind.JsonNode;

/// `/api/auth` over HTTP, server-sent events and WebSocket. The bot is played through the domain.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SiteHttpTest {
  private final MiniAppWorld world = new MiniAppWorld();
  private final Account ilya = world.ilya(Language.RU);
  private final OrganizationId chess = world.domain.organization("chess").id();
  private final OrganizationId go = world.domain.organization("go").id();
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterAll
  void close() {
    world.close();
    http.shutdownNow();
  }

  @BeforeEach
  void openAllLimits() {
    world.domain.in(handle -> handle.execute("DELETE FROM limit_use"));
  }

  /// A browser that began a sign-in, and what it shows.
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  private record Began(JsonNode answer, String[] headers) {
    String token() {
      return answer.path("token").stringValue();
    }

    StartParameter start() {
      var link = answer.path("deepLink").stringValue();
      return new StartParameter(link.substring(link.indexOf("start=") + 6));
    }

    int number() {
      return answer.path("number").intValue();
    }
  }

  @Test
  void pollStreamAndSocketTellTheSameAndOnlyTheExchangeLetsIn() throws Exception {
    var ours = begin();
    assertTrue(ours.answer().path("qr").stringValue().startsWith("<svg"));
    assertFalse(ours.start().value().contains(ours.token()), "what is public leads nowhere else");
    assertEquals("waiting", look(ours).path("status").stringValue());
    var events = new LinkedBlockingQueue<String>();
    var reading = stream(ours, events);
    try (var socket = new Socket(ours)) {
      assertEquals("waiting", next(events).path("status").stringValue());
      assertEquals("waiting", socket.next().path("status").stringValue());
      open(ours, ilya);
      assertEquals("opened", next(events).path("status").stringValue());
      assertEquals("opened", socket.next().path("status").stringValue());
      assertEquals(409, exchange(ours).statusCode(), "nobody has said yes");
      pick(ours, ilya);
      for (var told : List.of(next(events), socket.next(), look(ours))) {
        assertTrue(told.path("authorized").booleanValue());
        assertEquals("Илья", told.path("user").path("first_name").stringValue());
        assertFalse(told.toString().contains("session"), "no token in JSON");
      }
      var entered = exchange(ours);
      assertEquals(200, entered.statusCode());
      var session = cookie(entered, "__Host-session");
      assertEquals(200, world.get("/dashboard", "Cookie", session).statusCode());
      assertEquals("exchanged", socket.next().path("status").stringValue());
      assertEquals("closed 1000", socket.messages.poll(60, TimeUnit.SECONDS));
    }
    assertEquals(200, reading.get(60, TimeUnit.SECONDS).statusCode());
    assertEquals(409, exchange(ours).statusCode(), "once");
    assertEquals("exchanged", look(ours).path("status").stringValue());
  }

  /// T2, T9, T19: for everybody else there is no such sign-in.
  @Test
  void anotherBrowserSeesNothingAndGetsNothing() {
    var ours = begin();
    open(ours, ilya);
    pick(ours, ilya);
    var others = List.of(begin().headers(), new String[] {"X-No", "cookie"});
    for (var headers : others) {
      for (var token : List.of(ours.token(), "A".repeat(22), "", "' OR 1=1")) {
        var seen =
            world.get("/api/auth?token=" + token.replace(" ", "%20").replace("'", "%27"), headers);
        assertEquals("{\"authorized\":false,\"status\":\"not_found\"}", seen.body());
        var path = "/api/auth/stream?token=" + token.replace(" ", "%20").replace("'", "%27");
        assertEquals(401, world.get(path, headers).statusCode());
      }
      var taken = world.post("/api/auth/exchange", json(Map.of("token", ours.token())), headers);
      assertEquals(401, taken.statusCode());
      assertFalse(taken.headers().map().toString().contains("__Host-session"));
    }
    assertEquals(200, exchange(ours).statusCode(), "it is still there for its own");
  }

  @Test
  void ofFiftyExchangesAtOnceOneGetsACookie() throws Exception {
    for (int round = 0; round < 5; round++) {
      var ours = begin();
      open(ours, ilya);
      pick(ours, ilya);
      assertEquals(Map.of(200, 1, 409, 49), together(() -> exchange(ours).statusCode()));
    }
  }

  @Test
  void aPageOfAnotherSiteEndsWithACodeForItsBackendAndNoCookie() {
    var verifier = world.domain.tokens.secret().value();
    var theirs = beginAt(MiniAppWorld.OTHER_SITE, verifier);
    open(theirs, ilya);
    assertEquals("opened", look(theirs).path("status").stringValue());
    pick(theirs, ilya);
    assertTrue(look(theirs).path("authorized").booleanValue());
    var ended = exchange(theirs);
    assertEquals(200, ended.statusCode());
    assertFalse(ended.headers().map().containsKey("set-cookie"));
    assertEquals(
        MiniAppWorld.OTHER_SITE,
        ended.headers().firstValue("Access-Control-Allow-Origin").orElseThrow());
    assertFalse(ended.headers().map().containsKey("access-control-allow-credentials"));
    var code = world.tree(ended.body()).path("code").stringValue();
    var theirKey = key(chess);
    assertEquals(401, redeem(code, MiniAppWorld.OTHER_SITE, key(go)).statusCode());
    assertEquals(401, redeem(code, "https://evil.example", theirKey).statusCode());
    assertEquals(401, redeem(code, MiniAppWorld.OTHER_SITE, "pk_guess").statusCode());
    var user = world.tree(redeem(code, MiniAppWorld.OTHER_SITE, theirKey).body()).path("user");
    assertEquals(ilya.telegramId().value(), user.path("id").longValue());
    assertEquals(401, redeem(code, MiniAppWorld.OTHER_SITE, theirKey).statusCode(), "once");
  }

  @Test
  void onlyListedSitesAreLetInAndOnlyToTheseEndpoints() {
    var listed = preflight("/api/auth/begin", MiniAppWorld.OTHER_SITE);
    assertEquals(204, listed.statusCode());
    assertEquals(
        MiniAppWorld.OTHER_SITE,
        listed.headers().firstValue("Access-Control-Allow-Origin").orElseThrow());
    for (var foreign :
        List.of(
            "https://evil.example", "https://shop.example.evil", "http://shop.example", "null")) {
      var answer = preflight("/api/auth/begin", foreign);
      assertFalse(answer.headers().map().containsKey("access-control-allow-origin"), foreign);
      var begun = post("/api/auth/begin", "{}", "Origin", foreign);
      assertEquals(403, begun.statusCode(), foreign);
    }
    for (var closed : List.of("/dashboard", "/logout", "/api/auth/code", "/qr-auth/open")) {
      var answer = preflight(closed, MiniAppWorld.OTHER_SITE);
      assertFalse(answer.headers().map().containsKey("access-control-allow-origin"), closed);
    }
    var unknown =
        post(
            "/api/auth/begin",
            json(Map.of("challenge", challenge("x".repeat(43)), "organization", "nobody")),
            "Origin",
            MiniAppWorld.OTHER_SITE);
    assertEquals(404, unknown.statusCode());
  }

  @Test
  void aSocketIsForItsBrowserOnAListedPageOnlyAndSetsNoCookie() throws Exception {
    var ours = begin();
    assertThrows(CompletionException.class, () -> new Socket(ours, "https://evil.example"));
    var verifier = world.domain.tokens.secret().value();
    var theirs = beginAt(MiniAppWorld.OTHER_SITE, verifier);
    try (var socket = new Socket(theirs, MiniAppWorld.OTHER_SITE, "propusk.auth", verifier)) {
      assertEquals("waiting", socket.next().path("status").stringValue());
      assertEquals("propusk.auth", socket.socket.getSubprotocol());
    }
    var handshake =
        world.get(
            "/ws/auth?token=" + ours.token(),
            "Cookie",
            ours.headers()[1],
            "Origin",
            world.base.toString());
    assertEquals(400, handshake.statusCode(), "no upgrade was asked for");
    assertFalse(handshake.headers().map().containsKey("set-cookie"));
    await(() -> world.module.waiting() == 0);
  }

  /// T27: an organization's bot says who came; what comes of it is good for its pages only.
  @Test
  void aServiceKeyVouchesForItsOrganizationOnly() {
    var ours = begin();
    var user =
        "\"user\":{\"id\":%d,\"first_name\":\"Mallory\"}".formatted(ilya.telegramId().value());
    var body = "{\"token\":\"" + ours.start().value() + "\"," + user + "}";
    for (var wrong : List.of("", "Bearer pk_" + "A".repeat(43))) {
      var refused =
          wrong.isEmpty()
              ? world.post("/api/auth", body)
              : world.post("/api/auth", body, "Authorization", wrong);
      assertEquals(401, refused.statusCode());
    }
    assertEquals("waiting", look(ours).path("status").stringValue());
    var byPublicId = body.replace(ours.start().value(), ours.token());
    assertEquals(404, vouch(byPublicId, key(chess)).statusCode(), "the public token is no link");
    assertEquals(200, vouch(body, key(chess)).statusCode());
    assertEquals(
        "Илья", look(ours).path("user").path("first_name").stringValue(), "nobody is renamed");
    assertEquals(409, vouch(body, key(chess)).statusCode(), "once");
    var session = new Secret(cookie(exchange(ours), "__Host-session").split("=", 2)[1]);
    var seen =
        world.domain.in(handle ->
            List.of(
                world.webSessions.showTo(handle, chess, session).isPresent(),
                world.webSessions.showTo(handle, go, session).isPresent(),
                world.webSessions.show(handle, session).isPresent()));
    assertEquals(List.of(true, false, false), seen);
    var cookie = "__Host-session=" + session.value();
    for (var path : List.of("/dashboard", "/account/sessions")) {
      assertNotEquals(200, world.get(path, "Cookie", cookie).statusCode(), path);
    }
  }

  @Test
  void aWrongNumberAtTheOrganizationsBotClosesTheSignIn() {
    var ours = begin();
    int other = ours.number() == 10 ? 11 : 10;
    var body =
        "{\"token\":\"%s\",\"number\":%d,\"user\":{\"id\":77,\"first_name\":\"Вера\"}}"
            .formatted(ours.start().value(), other);
    assertEquals("{\"authorized\":false}", vouch(body, key(chess)).body());
    assertEquals("mismatched", look(ours).path("status").stringValue());
  }

  @Test
  void beginningIsLimitedByAddressAndSaysUntilWhen() {
    for (int i = 0; i < Limit.SIGN_IN_PER_ADDRESS.amount(); i++) {
      world.domain.in(
          handle -> world.domain.limits.take(handle, Limit.SIGN_IN_PER_ADDRESS, "203.0.113.9"));
    }
    var closed = world.post("/api/auth/begin", "{}", "X-Forwarded-For", "203.0.113.9");
    assertEquals(429, closed.statusCode());
    assertEquals(600, world.tree(closed.body()).path("retry_after").intValue());
    assertEquals("600", closed.headers().firstValue("Retry-After").orElseThrow());
    var before = world.domain.count("SELECT count(*) FROM sign_in");
    world.post("/api/auth/begin", "{}", "X-Forwarded-For", "203.0.113.9");
    assertEquals(before, world.domain.count("SELECT count(*) FROM sign_in"));
  }

  /// T10.
  @Test
  void theWayOnLeadsNowhereElse() {
    for (var elsewhere :
        List.of("//evil.example", "https://evil.example", "/\\evil", "javascript:alert(1)")) {
      var ours = begin(Map.of("redirect", elsewhere));
      open(ours, ilya);
      pick(ours, ilya);
      assertTrue(world.tree(exchange(ours).body()).path("redirect").isMissingNode(), elsewhere);
    }
    var ours = begin(Map.of("redirect", "/p/chess?tab=1"));
    open(ours, ilya);
    pick(ours, ilya);
    assertEquals(
        "/p/chess?tab=1", world.tree(exchange(ours).body()).path("redirect").stringValue());
  }

  private Began begin() {
    return begin(Map.of());
  }

  private Began begin(Map<String, String> body) {
    var answer = world.post("/api/auth/begin", json(body));
    assertEquals(200, answer.statusCode(), answer.body());
    return new Began(
        world.tree(answer.body()), new String[] {"Cookie", cookie(answer, "__Host-signin")});
  }

  private Began beginAt(String site, String verifier) {
    var body = json(Map.of("challenge", challenge(verifier), "organization", "chess"));
    var answer = post("/api/auth/begin", body, "Origin", site);
    assertEquals(200, answer.statusCode(), answer.body());
    assertFalse(answer.headers().map().containsKey("set-cookie"));
    return new Began(
        world.tree(answer.body()),
        new String[] {"Authorization", "Bearer " + verifier, "Origin", site});
  }

  private static String challenge(String verifier) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Hashes.sha256(verifier));
  }

  private void open(Began began, Account by) {
    world.domain.in(handle -> world.domain.signIns.open(handle, began.start(), by.id()));
  }

  private void pick(Began began, Account by) {
    var id = SignInId.parse(began.token()).orElseThrow();
    var decision =
        world.domain.<Decision>in(
            handle -> world.domain.signIns.pick(handle, id, by.id(), began.number()));
    assertInstanceOf(Decision.Approved.class, decision);
  }

  private JsonNode look(Began began) {
    return world.tree(world.get("/api/auth?token=" + began.token(), began.headers()).body());
  }

  private HttpResponse<String> exchange(Began began) {
    return post("/api/auth/exchange", json(Map.of("token", began.token())), began.headers());
  }

  private HttpResponse<String> redeem(String code, String origin, String key) {
    var body = json(Map.of("code", code, "origin", origin));
    return request(
        HttpRequest.newBuilder(world.base.resolve("/api/auth/exchange"))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + key)
            .POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> vouch(String body, String key) {
    return world.post("/api/auth", body, "Authorization", "Bearer " + key);
  }

  private String key(OrganizationId organization) {
    return world
        .domain
        .in(handle -> world.domain.keys.create(handle, organization, "test"))
        .secret()
        .value();
  }

  /// With an Origin of its own where one is given.
  private HttpResponse<String> post(String path, String body, String... headers) {
    var request =
        HttpRequest.newBuilder(world.base.resolve(path))
            .header("Content-Type", "application/json")
            .headers(headers)
            .POST(BodyPublishers.ofString(body));
    return request(
        List.of(headers).contains("Origin")
            ? request
            : request.header("Origin", world.base.toString()));
  }

  private HttpResponse<String> preflight(String path, String origin) {
    return request(
        HttpRequest.newBuilder(world.base.resolve(path))
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "POST")
            .method("OPTIONS", BodyPublishers.noBody()));
  }

  private HttpResponse<String> request(HttpRequest.Builder request) {
    return world.send(request);
  }

  private CompletableFuture<HttpResponse<Void>> stream(Began began, BlockingQueue<String> events) {
    var request =
        HttpRequest.newBuilder(world.base.resolve("/api/auth/stream?token=" + began.token()))
            .headers(began.headers())
            .build();
    return http.sendAsync(request, BodyHandlers.fromLineSubscriber(new LineQueue(events)));
  }

  private JsonNode next(BlockingQueue<String> events) throws InterruptedException {
    var event = events.poll(60, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("no event came");
    }
    return world.tree(event);
  }

  private static Map<Integer, Integer> together(Callable<Integer> work) throws Exception {
    try (var threads = Executors.newFixedThreadPool(16)) {
      var answers = new TreeMap<Integer, Integer>();
      for (var future : threads.invokeAll(Collections.nCopies(50, work))) {
        answers.merge(future.get(), 1, Integer::sum);
      }
      return answers;
    }
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    var end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "did not come");
      Thread.onSpinWait();
    }
  }

  private String json(Map<String, String> fields) {
    return world.json.writeValueAsString(fields);
  }

  private static String cookie(HttpResponse<String> answer, String name) {
    return answer.headers().allValues("Set-Cookie").stream()
        .filter(cookie -> cookie.startsWith(name + "=") && !cookie.startsWith(name + "=;"))
        .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
        .findFirst()
        .orElseThrow();
  }

  /// A browser's WebSocket.
  private final class Socket implements WebSocket.Listener, AutoCloseable {
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final WebSocket socket;

    Socket(Began began) {
      this(began, world.base.toString());
    }

    Socket(Began began, String origin, String... subprotocols) {
      var builder = http.newWebSocketBuilder().header("Origin", origin);
      if (began.headers()[0].equals("Cookie")) {
        builder.header("Cookie", began.headers()[1]);
      }
      if (subprotocols.length > 0) {
        builder.subprotocols(
            subprotocols[0],
            List.of(subprotocols).subList(1, subprotocols.length).toArray(String[]::new));
      }
      var address = world.base.toString().replace("http", "ws") + "/ws/auth?token=" + began.token();
      socket = builder.buildAsync(URI.create(address), this).join();
    }

    JsonNode next() throws InterruptedException {
      return SiteHttpTest.this.next(messages);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      messages.add(data.toString());
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      messages.add("closed " + status);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
      socket.abort();
    }
  }
}
