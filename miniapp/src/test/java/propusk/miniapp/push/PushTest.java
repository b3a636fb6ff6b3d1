package propusk.miniapp.push;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import propusk.domain.account.Language;
import propusk.domain.login.Claim;
import propusk.domain.login.Login;
import propusk.domain.seal.Secret;
import propusk.miniapp.MiniAppWorld;

/// The push under load and against browsers that do not behave, over raw sockets.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PushTest {
  private static final int WAITERS = 1_000;

  private final MiniAppWorld world = new MiniAppWorld();

  @AfterAll
  void close() {
    world.close();
  }

  @Test
  void aThousandBrowsersWaitWithoutAThreadEach() throws Exception {
    var ilya = world.ilya(Language.RU);
    var login = world.requested(ilya);
    var bearer = world.bearer(login, ilya);
    // Streams that earlier tests left are noticed at their next sign of life.
    int others = world.module.waiting();
    // One stream first, so that the threads that serve the burst are already there.
    var browsers = new ArrayList<Browser>(List.of(new Browser(world, login, bearer, 0)));
    browsers.getFirst().until("\"preparing\"");
    int before = Thread.activeCount();
    for (int i = 1; i < WAITERS; i++) {
      browsers.add(new Browser(world, login, bearer, 0));
    }
    for (var browser : browsers.subList(1, WAITERS)) {
      browser.until("\"preparing\"");
    }
    int waiting = world.module.waiting() - WAITERS;
    assertTrue(0 <= waiting && waiting <= others, waiting + " more wait");
    int threads = Thread.activeCount() - before;
    assertTrue(threads < 64, threads + " platform threads more");
    var claim = world.claim();
    world.link(claim, Duration.ofSeconds(30));
    world.complete(claim, ilya);
    for (var browser : browsers) {
      browser.until("\"completed\"");
      browser.close();
    }
    await(() -> world.module.waiting() < 10);
  }

  @Test
  void aBrowserThatDoesNotReadHoldsNobodyUpAndGetsTheNewestLater() throws Exception {
    var ilya = world.ilya(Language.RU);
    var login = world.requested(ilya);
    var bearer = world.bearer(login, ilya);
    try (var slow = new Browser(world, login, bearer, 4096);
        var quick = new Browser(world, login, bearer, 0)) {
      slow.until("\"preparing\"");
      quick.until("\"preparing\"");
      var claim = world.claim();
      int links = 400;
      renew(world, claim, links, _ -> {});
      quick.until("\"seq\":" + links + ",");
      int seen = slow.until("\"seq\":" + links + ",");
      assertTrue(seen < links, "messages in between were left out, but " + seen + " came");
    }
  }

  @Test
  void aQuietStreamSaysWithinFifteenSecondsThatItIsStillThere() throws Exception {
    var ilya = world.ilya(Language.RU);
    var login = world.requested(ilya);
    var begun = world.post("/api/auth/begin", "{}");
    var token = world.tree(begun.body()).path("token").stringValue();
    var cookie = begun.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    var signIn = "/api/auth/stream?token=" + token;
    try (var browser = new Browser(world, login, world.bearer(login, ilya), 0);
        var other = new Browser(world, signIn, "Cookie: " + cookie, 0)) {
      browser.until("\"preparing\"");
      other.until("\"waiting\"");
      long from = System.nanoTime();
      browser.untilComment();
      other.untilComment();
      var waited = Duration.ofNanos(System.nanoTime() - from);
      assertTrue(waited.toSeconds() < 20, waited + " without a sign");
    }
  }

  @Test
  void aBrowserThatNeverReadsIsDropped() throws Exception {
    try (var alone = new MiniAppWorld()) {
      var ilya = alone.ilya(Language.RU);
      var login = alone.requested(ilya);
      var bearer = alone.bearer(login, ilya);
      try (var dead = new Browser(alone, login, bearer, 4096);
          var quick = new Browser(alone, login, bearer, 0)) {
        dead.until("\"preparing\"");
        quick.until("\"preparing\"");
        var claim = alone.claim();
        // Each is told to both before the next, until no system holds more of it for the dead one.
        renew(alone, claim, 400, seq -> quick.until("\"seq\":" + seq + ","));
        assertEquals(2, alone.module.waiting());
        alone.runAhead(Duration.ofSeconds(60));
        await(() -> alone.module.waiting() == 1);
        renew(alone, claim, 1, _ -> quick.until("\"seq\":401,"));
      }
    }
  }

  /// As fast as a worker never does: over one connection, so that the slow one is not dropped yet.
  private static void renew(MiniAppWorld in, Claim claim, int times, AfterEachLink then)
      throws IOException {
    in.domain.jdbi.useHandle(handle -> {
      for (int i = 1; i <= times; i++) {
        var link = new Secret("tg://login?token=" + "A".repeat(43) + i);
        var until = in.domain.clock.instant().plusSeconds(30);
        handle.useTransaction(each -> in.domain.runs.linked(each, claim, link, until));
        then.accept(i);
      }
    });
  }

  private interface AfterEachLink {
    /// @param count how many there were
    void accept(int count) throws IOException;
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 600 && !condition.getAsBoolean(); i++) {
      Thread.sleep(50);
    }
    assertTrue(condition.getAsBoolean());
  }

  /// One connection with one stream on it.
  private static final class Browser implements AutoCloseable {
    private final Socket socket = new Socket();
    private final BufferedReader lines;

    Browser(MiniAppWorld world, Login login, String bearer, int buffer) throws IOException {
      this(
          world,
          "/qr-auth/events?session_id=" + login.id().value(),
          "Authorization: Bearer " + bearer,
          buffer);
    }

    /// @param buffer bytes its system takes in for it; 0: as usual
    Browser(MiniAppWorld world, String path, String proof, int buffer) throws IOException {
      if (buffer > 0) {
        socket.setReceiveBufferSize(buffer);
      }
      socket.connect(new InetSocketAddress("localhost", world.base.getPort()));
      socket.setSoTimeout(30_000);
      var text = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + proof + "\r\n\r\n";
      socket.getOutputStream().write(text.getBytes(US_ASCII));
      lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    }

    /// Reads until a message says this.
    ///
    /// @return how many messages came
    int until(String part) throws IOException {
      for (int seen = 0; ; ) {
        var line = lines.readLine();
        if (line == null) {
          throw new AssertionError("the stream ended before " + part);
        }
        if (line.startsWith("data: ")) {
          seen++;
          if (line.contains(part)) {
            return seen;
          }
        }
      }
    }

    void untilComment() throws IOException {
      for (var line = lines.readLine(); line == null || !line.startsWith(":"); ) {
        if (line == null) {
          throw new AssertionError("the stream ended without a comment");
        }
        line = lines.readLine();
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
