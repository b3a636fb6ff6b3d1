package propusk.app.supervise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import propusk.app.supervise.Child.Patience;

class ChildTest {
  private static final Patience QUICK =
      new Patience(Duration.ofSeconds(2), Duration.ofMillis(300), Duration.ofMillis(50));

  private HttpServer health;
  private volatile int status = 200;

  @BeforeEach
  void startHealth() throws IOException {
    health = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    health.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    health.start();
  }

  @AfterEach
  void stopHealth() {
    health.stop(0);
  }

  @Test
  void aChildThatEndsIsStartedAgain() {
    try (var child = Child.start(spec("sleep", "600"), _ -> {})) {
      long first = running(child);
      ProcessHandle.of(first).orElseThrow().destroyForcibly();
      await(() -> child.pid().filter(pid -> pid != first).isPresent());
      assertNotEquals(first, running(child));
    }
  }

  @Test
  void aChildWhoseHeartbeatStopsIsKilledAndStartedAgain() {
    try (var child = Child.start(spec("sleep", "600"), _ -> {})) {
      long first = running(child);
      status = 503;
      await(() -> !ProcessHandle.of(first).map(ProcessHandle::isAlive).orElse(false));
      status = 200;
      await(() -> child.pid().filter(pid -> pid != first).isPresent());
    }
  }

  @Test
  void aChildThatGivesUpIsNotStartedAgain() throws Exception {
    var givenUp = new CompletableFuture<Child>();
    try (var child = Child.start(spec("sh", "-c", "exit 78"), givenUp::complete)) {
      assertEquals(child, givenUp.get(60, TimeUnit.SECONDS));
      assertFalse(child.pid().isPresent());
    }
  }

  @Test
  void closingEndsTheChild() {
    var child = Child.start(spec("sleep", "600"), _ -> {});
    var process = ProcessHandle.of(running(child)).orElseThrow();
    child.close();
    assertFalse(process.isAlive());
  }

  @Test
  void aChildEndsWhenItsOwnerIsKilled() throws Exception {
    var owner =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Owner.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var words =
        new BufferedReader(new InputStreamReader(owner.getInputStream(), StandardCharsets.UTF_8))) {
      var orphan = ProcessHandle.of(firstNumber(words)).orElseThrow();
      owner.destroyForcibly().waitFor();
      orphan.onExit().get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void thePauseGrowsWithEachShortLifeAndIsForgottenAfterALongOne() {
    var backOff = new BackOff();
    assertEquals(Duration.ofMillis(500), backOff.after(Duration.ZERO));
    assertEquals(Duration.ofSeconds(1), backOff.after(Duration.ZERO));
    for (int i = 0; i < 10; i++) {
      assertTrue(backOff.after(Duration.ZERO).compareTo(Duration.ofSeconds(30)) <= 0);
    }
    assertEquals(Duration.ofMillis(500), backOff.after(Duration.ofMinutes(2)));
  }

  private Child.Spec spec(String... command) {
    var uri = URI.create("http://127.0.0.1:" + health.getAddress().getPort() + "/");
    return spec(uri, List.of(command));
  }

  private static Child.Spec spec(URI health, List<String> command) {
    var path = Map.of("PATH", System.getenv("PATH"));
    return new Child.Spec("test", command, path, Optional.empty(), health, QUICK);
  }

  private static long running(Child child) {
    await(() -> child.pid().isPresent());
    return child.pid().orElseThrow();
  }

  private static void await(BooleanSupplier condition) {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "nothing happened in time");
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static long firstNumber(BufferedReader words) throws IOException {
    while (true) {
      var line = Objects.requireNonNull(words.readLine(), "the owner ended");
      if (line.matches("\\d+")) {
        return Long.parseLong(line);
      }
    }
  }

  /// A JVM that owns a child until it is killed.
  static final class Owner {
    public static void main(String[] arguments) throws InterruptedException {
      var nobody = URI.create("http://127.0.0.1:1/");
      var child = Child.start(spec(nobody, List.of("sleep", "600")), _ -> {});
      long pid = running(child);
      // Before it is itself, setpriv has not yet asked to end with its owner.
      while (!command(pid).endsWith("sleep")) {
        LockSupport.parkNanos(5_000_000);
      }
      System.out.println(pid);
      Thread.currentThread().join();
    }

    private static String command(long pid) {
      return ProcessHandle.of(pid).flatMap(it -> it.info().command()).orElse("");
    }
  }
}
