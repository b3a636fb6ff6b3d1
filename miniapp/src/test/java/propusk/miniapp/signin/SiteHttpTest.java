package propusk.miniapp.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import propusk.domain.account.Account;
import propusk.domain.limit.Limit;
import propusk.miniapp.MiniAppWorld;

/// `/api/auth` on our own pages: polled, by server-sent events and by WebSocket.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SiteHttpTest {
  private final SiteWorld site = new SiteWorld();
  private final MiniAppWorld world = site.world;
  private final Account ilya = site.ilya;

  @AfterAll
  void close() {
    site.close();
  }

  @BeforeEach
  void openAllLimits() {
    site.openAllLimits();
  }

  @Test
  void pollStreamAndSocketTellTheSameAndOnlyTheExchangeLetsIn() throws Exception {
    var ours = site.begin();
    assertTrue(ours.answer().path("qr").stringValue().startsWith("<svg"));
    assertFalse(ours.start().value().contains(ours.token()), "what is public leads nowhere else");
    assertEquals("waiting", site.look(ours).path("status").stringValue());
    var events = new LinkedBlockingQueue<String>();
    var reading = site.stream(ours, events);
    try (var socket = site.new Socket(ours)) {
      assertEquals("waiting", site.next(events).path("status").stringValue());
      assertEquals("waiting", socket.next().path("status").stringValue());
      site.open(ours, ilya);
      assertEquals("opened", site.next(events).path("status").stringValue());
      assertEquals("opened", socket.next().path("status").stringValue());
      assertEquals(409, site.exchange(ours).statusCode(), "nobody has said yes");
      site.pick(ours, ilya);
      for (var told : List.of(site.next(events), socket.next(), site.look(ours))) {
        assertTrue(told.path("authorized").booleanValue());
        assertEquals("Илья", told.path("user").path("first_name").stringValue());
        assertFalse(told.toString().contains("session"), "no token in JSON");
      }
      var entered = site.exchange(ours);
      assertEquals(200, entered.statusCode());
      var session = site.cookie(entered, "__Host-session");
      assertEquals(200, world.get("/dashboard", "Cookie", session).statusCode());
      assertEquals("exchanged", socket.next().path("status").stringValue());
      assertEquals("closed 1000", socket.messages.poll(60, TimeUnit.SECONDS));
    }
    assertEquals(200, reading.get(60, TimeUnit.SECONDS).statusCode());
    assertEquals(409, site.exchange(ours).statusCode(), "once");
    assertEquals("exchanged", site.look(ours).path("status").stringValue());
  }

  /// T2, T9, T19: for everybody else there is no such sign-in.
  @Test
  void anotherBrowserSeesNothingAndGetsNothing() {
    var ours = site.begin();
    site.open(ours, ilya);
    site.pick(ours, ilya);
    var others = List.of(site.begin().headers(), new String[] {"X-No", "cookie"});
    for (var headers : others) {
      for (var token : List.of(ours.token(), "A".repeat(22), "", "' OR 1=1")) {
        var seen =
            world.get("/api/auth?token=" + token.replace(" ", "%20").replace("'", "%27"), headers);
        assertEquals("{\"authorized\":false,\"status\":\"not_found\"}", seen.body());
        var path = "/api/auth/stream?token=" + token.replace(" ", "%20").replace("'", "%27");
        assertEquals(401, world.get(path, headers).statusCode());
      }
      var taken =
          world.post("/api/auth/exchange", site.json(Map.of("token", ours.token())), headers);
      assertEquals(401, taken.statusCode());
      assertFalse(taken.headers().map().toString().contains("__Host-session"));
    }
    assertEquals(200, site.exchange(ours).statusCode(), "it is still there for its own");
  }

  @Test
  void ofFiftyExchangesAtOnceOneGetsACookie() throws Exception {
    for (int round = 0; round < 5; round++) {
      var ours = site.begin();
      site.open(ours, ilya);
      site.pick(ours, ilya);
      assertEquals(Map.of(200, 1, 409, 49), site.together(() -> site.exchange(ours).statusCode()));
    }
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
      var ours = site.begin(Map.of("redirect", elsewhere));
      site.open(ours, ilya);
      site.pick(ours, ilya);
      assertTrue(
          world.tree(site.exchange(ours).body()).path("redirect").isMissingNode(), elsewhere);
    }
    var ours = site.begin(Map.of("redirect", "/p/chess?tab=1"));
    site.open(ours, ilya);
    site.pick(ours, ilya);
    assertEquals(
        "/p/chess?tab=1", world.tree(site.exchange(ours).body()).path("redirect").stringValue());
  }
}
