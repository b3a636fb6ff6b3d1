package propusk.miniapp.qrauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import propusk.domain.account.Account;
import propusk.domain.account.Language;
import propusk.domain.login.Login;
import propusk.miniapp.MiniAppWorld;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class QrAuthEventsTest {
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
  void theWholeStoryIsPushedAndTheStreamEndsWithTheLogin() throws Exception {
    var bearer = world.bearer(login, ilya);
    // Streams that other tests left may still be there; they can only become fewer.
    int others = world.module.waiting();
    var answer = world.events(login, bearer);
    assertEquals(200, answer.statusCode());
    assertEquals(
        "text/event-stream;charset=utf-8",
        answer.headers().firstValue("Content-Type").orElseThrow().replace(" ", ""));
    assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElseThrow());
    try (var events = reader(answer.body())) {
      assertEquals("preparing", status(events));
      var claim = world.claim();
      world.link(claim, Duration.ofSeconds(30));
      assertEquals("awaiting_scan", status(events));
      var second = world.link(claim, Duration.ofSeconds(30));
      var view = next(events);
      assertEquals(2, view.path("qr").path("seq").intValue());
      assertEquals(second.value(), view.path("qr").path("link").stringValue());
      world.complete(claim, ilya);
      var last = next(events);
      if (last.path("status").stringValue().equals("finalizing")) {
        last = next(events);
      }
      assertEquals("completed", last.path("status").stringValue());
      assertOver(events);
    }
    awaitAtMost(others);
  }

  @Test
  void aStreamOfAnEndedLoginTellsTheEndAndCloses() throws Exception {
    var bearer = world.bearer(login, ilya);
    var body = "{\"session_id\":\"" + login.id().value() + "\"}";
    world.post("/qr-auth/cancel", body, "Authorization", "Bearer " + bearer);
    try (var events = reader(world.events(login, bearer).body())) {
      assertEquals("cancelled", status(events));
      assertOver(events);
    }
  }

  @Test
  void twoTabsOfOneLoginBothHear() throws Exception {
    var one = world.bearer(login, ilya);
    world.domain.clock.advance(Duration.ofSeconds(1));
    var two = world.tree(world.open(login, world.initData(ilya), "tab-2").body());
    try (var first = reader(world.events(login, one).body());
        var other = reader(world.events(login, two.path("bearer").stringValue()).body())) {
      assertEquals("preparing", status(first));
      assertEquals("preparing", status(other));
      world.link(world.claim(), Duration.ofSeconds(30));
      // A worker that takes the login is news of its own; whether each tab hears it is a race.
      assertEquals("awaiting_scan", statusAfter("preparing", first));
      assertEquals("awaiting_scan", statusAfter("preparing", other));
    }
  }

  @Test
  void whatWasMissedWhileTheDatabaseWasAwayComesAfterwards() throws Exception {
    var bearer = world.bearer(login, ilya);
    try (var events = reader(world.events(login, bearer).body())) {
      assertEquals("preparing", status(events));
      // The listening connection breaks and comes back; then everything is read again.
      world.domain.database.disconnectEveryone();
      world.link(world.claim(), Duration.ofSeconds(30));
      assertEquals("awaiting_scan", statusAfter("preparing", events));
    }
  }

  @Test
  void eachEventIsAnIdANameAndOneLineOfJson() throws Exception {
    var bearer = world.bearer(login, ilya);
    try (var events = reader(world.events(login, bearer).body())) {
      var lines = new ArrayList<String>();
      for (var line = events.readLine(); !line.isEmpty(); line = events.readLine()) {
        lines.add(line);
      }
      assertEquals(List.of("event: login", "id: 2"), lines.subList(0, 2));
      assertEquals(3, lines.size());
      assertTrue(lines.get(2).startsWith("data: {\"status\":\"preparing\""));
    }
  }

  /// The browser may see the end a moment before the server has forgotten the stream.
  private void awaitAtMost(int streams) throws InterruptedException {
    for (int i = 0; i < 200 && world.module.waiting() > streams; i++) {
      Thread.sleep(25);
    }
    assertTrue(world.module.waiting() <= streams);
  }

  private static void assertOver(BufferedReader events) throws IOException {
    assertEquals("", events.readLine());
    assertNull(events.readLine(), "closed after the end");
  }

  private static BufferedReader reader(InputStream stream) {
    return new BufferedReader(new InputStreamReader(stream, UTF_8));
  }

  private String status(BufferedReader events) throws IOException {
    return next(events).path("status").stringValue();
  }

  private String statusAfter(String before, BufferedReader events) throws IOException {
    var status = status(events);
    while (status.equals(before)) {
      status = status(events);
    }
    return status;
  }

  private JsonNode next(BufferedReader events) throws IOException {
    for (var line = events.readLine(); line != null; line = events.readLine()) {
      if (line.startsWith("data: ")) {
        return world.tree(line.substring(6));
      }
    }
    throw new AssertionError("the stream is over");
  }
}
