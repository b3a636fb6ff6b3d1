package propusk.miniapp.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
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
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import propusk.domain.account.Account;
import propusk.domain.account.Language;
import propusk.domain.organization.OrganizationId;
import propusk.domain.seal.Hashes;
import propusk.domain.signin.Decision;
import propusk.domain.signin.SignInId;
import propusk.domain.signin.StartParameter;
import propusk.miniapp.MiniAppWorld;
import tools.jackson.databind.JsonNode;

/// Browsers that sign in over `/api/auth`, and what they see. The bot is played through the domain.
final class SiteWorld implements AutoCloseable {
  final MiniAppWorld world = new MiniAppWorld();
  final Account ilya = world.ilya(Language.RU);
  private final HttpClient http = HttpClient.newHttpClient();

  @Override
  public void close() {
    world.close();
    http.shutdownNow();
  }

  void openAllLimits() {
    world.domain.in(handle -> handle.execute("DELETE FROM limit_use"));
  }

  /// A browser that began a sign-in, and what it shows.
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Began(JsonNode answer, String[] headers) {
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

  Began begin() {
    return begin(Map.of());
  }

  Began begin(Map<String, String> body) {
    var answer = world.post("/api/auth/begin", json(body));
    assertEquals(200, answer.statusCode(), answer.body());
    return new Began(
        world.tree(answer.body()), new String[] {"Cookie", cookie(answer, "__Host-signin")});
  }

  Began beginAt(String site, String verifier) {
    var body = json(Map.of("challenge", challenge(verifier), "organization", "chess"));
    var answer = post("/api/auth/begin", body, "Origin", site);
    assertEquals(200, answer.statusCode(), answer.body());
    assertFalse(answer.headers().map().containsKey("set-cookie"));
    return new Began(
        world.tree(answer.body()),
        new String[] {"Authorization", "Bearer " + verifier, "Origin", site});
  }

  String challenge(String verifier) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Hashes.sha256(verifier));
  }

  void open(Began began, Account by) {
    world.domain.in(handle -> world.domain.signIns.open(handle, began.start(), by.id()));
  }

  void pick(Began began, Account by) {
    var id = SignInId.parse(began.token()).orElseThrow();
    var decision =
        world.domain.<Decision>in(
            handle -> world.domain.signIns.pick(handle, id, by.id(), began.number()));
    assertInstanceOf(Decision.Approved.class, decision);
  }

  JsonNode look(Began began) {
    return world.tree(world.get("/api/auth?token=" + began.token(), began.headers()).body());
  }

  HttpResponse<String> exchange(Began began) {
    return post("/api/auth/exchange", json(Map.of("token", began.token())), began.headers());
  }

  HttpResponse<String> redeem(String code, String origin, String key) {
    var body = json(Map.of("code", code, "origin", origin));
    return request(
        HttpRequest.newBuilder(world.base.resolve("/api/auth/exchange"))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + key)
            .POST(BodyPublishers.ofString(body)));
  }

  HttpResponse<String> vouch(String body, String key) {
    return world.post("/api/auth", body, "Authorization", "Bearer " + key);
  }

  String key(OrganizationId organization) {
    return world
        .domain
        .in(handle -> world.domain.keys.create(handle, organization, "test"))
        .secret()
        .value();
  }

  /// With an Origin of its own where one is given.
  HttpResponse<String> post(String path, String body, String... headers) {
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

  HttpResponse<String> preflight(String path, String origin) {
    return request(
        HttpRequest.newBuilder(world.base.resolve(path))
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "POST")
            .method("OPTIONS", BodyPublishers.noBody()));
  }

  HttpResponse<String> request(HttpRequest.Builder request) {
    return world.send(request);
  }

  CompletableFuture<HttpResponse<Void>> stream(Began began, BlockingQueue<String> events) {
    var request =
        HttpRequest.newBuilder(world.base.resolve("/api/auth/stream?token=" + began.token()))
            .headers(began.headers())
            .build();
    return http.sendAsync(request, BodyHandlers.fromLineSubscriber(new LineQueue(events)));
  }

  JsonNode next(BlockingQueue<String> events) throws InterruptedException {
    var event = events.poll(60, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("no event came");
    }
    return world.tree(event);
  }

  Map<Integer, Integer> together(Callable<Integer> work) throws Exception {
    try (var threads = Executors.newFixedThreadPool(16)) {
      var answers = new TreeMap<Integer, Integer>();
      for (var future : threads.invokeAll(Collections.nCopies(50, work))) {
        answers.merge(future.get(), 1, Integer::sum);
      }
      return answers;
    }
  }

  void await(java.util.function.BooleanSupplier condition) {
    var end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "did not come");
      Thread.onSpinWait();
    }
  }

  String json(Map<String, String> fields) {
    return world.json.writeValueAsString(fields);
  }

  String cookie(HttpResponse<String> answer, String name) {
    return answer.headers().allValues("Set-Cookie").stream()
        .filter(cookie -> cookie.startsWith(name + "=") && !cookie.startsWith(name + "=;"))
        .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
        .findFirst()
        .orElseThrow();
  }

  /// A browser's WebSocket.
  final class Socket implements WebSocket.Listener, AutoCloseable {
    final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    final WebSocket socket;

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
      return SiteWorld.this.next(messages);
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
