package propusk.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import propusk.sandbox.botapi.SandboxBot;

/// The sandbox as a process of its own, as `propusk demo` runs it.
///
/// Settings come from the environment: `PROPUSK_SANDBOX_DIR`, `…_PORT` (8081), `…_DC_PORT` (0),
/// `…_WEB_URL` (http://localhost:8080), `…_BOTS` (`token=username=name`, several divided by `;`).
/// When it listens it prints one line to standard output, `sandbox ready url=… dc_port=…`. It ends
/// when it is told to (SIGTERM) or when its standard input ends, that is, when its parent is gone.
public final class SandboxMain {
  private static final String PREFIX = "PROPUSK_SANDBOX_";

  private SandboxMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    System.setProperty("logback.configurationFile", "propusk/sandbox/logback.xml");
    SandboxConfig config;
    try {
      config = config(System.getenv());
    } catch (IllegalArgumentException wrong) {
      System.err.println("sandbox cannot start: " + wrong.getMessage());
      System.exit(2);
      return;
    }
    Sandbox sandbox;
    try {
      sandbox = Sandbox.start(config);
    } catch (RuntimeException refused) {
      System.err.println("sandbox cannot start: " + refused);
      System.exit(1);
      return;
    }
    var end = new CountDownLatch(1);
    var closed = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("sandbox-end")
                .unstarted(() -> {
                  end.countDown();
                  await(closed);
                }));
    Thread.ofVirtual().name("sandbox-parent").start(() -> watchParent(end));
    System.out.printf(
        "sandbox ready url=%s dc_port=%d%n", sandbox.url(), sandbox.dataCentre().port());
    end.await();
    sandbox.close();
    closed.countDown();
  }

  static SandboxConfig config(Map<String, String> environment) {
    return new SandboxConfig(
        Path.of(
            setting(environment, "DIR")
                .orElseThrow(() -> new IllegalArgumentException(PREFIX + "DIR is missing"))),
        port(environment, "PORT", 8081),
        port(environment, "DC_PORT", 0),
        setting(environment, "WEB_URL").orElse("http://localhost:8080"),
        bots(
            setting(environment, "BOTS")
                .orElseThrow(() ->
                    new IllegalArgumentException(
                        PREFIX + "BOTS is missing: token=username=name"))));
  }

  private static List<SandboxBot> bots(String text) {
    return Arrays.stream(text.split(";"))
        .map(bot -> {
          var parts = bot.strip().split("=", 3);
          if (parts.length != 3) {
            throw new IllegalArgumentException(PREFIX + "BOTS: token=username=name");
          }
          return new SandboxBot(parts[0], parts[1], parts[2]);
        })
        .toList();
  }

  private static int port(Map<String, String> environment, String name, int otherwise) {
    var text = setting(environment, name).orElse(Integer.toString(otherwise));
    if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535) {
      throw new IllegalArgumentException(PREFIX + name + " is not a port");
    }
    return Integer.parseInt(text);
  }

  private static Optional<String> setting(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(PREFIX + name)).filter(text -> !text.isBlank());
  }

  private static void watchParent(CountDownLatch end) {
    try {
      while (System.in.read() >= 0) {
        Thread.onSpinWait();
      }
    } catch (IOException gone) {
      // The pipe broke: the parent is gone all the same.
    }
    end.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
