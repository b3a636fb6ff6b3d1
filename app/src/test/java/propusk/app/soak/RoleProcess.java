package propusk.app.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import propusk.app.config.Config;
import propusk.app.config.Role;
import propusk.app.launch.Readiness;
import propusk.app.story.Await;
import propusk.app.story.Jars;
import propusk.app.story.TownSettings;

/// A web or worker process, started again at once whenever it ends: the growing pauses of the real
/// supervisor would make hundreds of kills last for hours, and have a test of their own.
final class RoleProcess implements AutoCloseable {
  private static final Duration READY = Duration.ofMinutes(3);

  private final Role role;
  private final Map<String, String> environment;
  private final Path directory;
  private final int opsPort = TownSettings.freePort();
  private final AtomicInteger ownEnds = new AtomicInteger();
  private final Thread owner;
  private volatile @Nullable Process process;
  private volatile boolean killed;
  private volatile boolean closing;

  /// @param directory for logs
  RoleProcess(Role role, Map<String, String> settings, Path directory) {
    this.role = role;
    this.environment = Config.onlyFor(role, settings);
    this.environment.put("PROPUSK_OPS_PORT", Integer.toString(opsPort));
    this.environment.put("PATH", System.getenv("PATH"));
    this.environment.put("HOME", System.getenv("HOME"));
    this.directory = directory;
    this.owner = Thread.ofPlatform().name("own-" + role.command()).daemon().unstarted(this::own);
  }

  void start() {
    owner.start();
  }

  ProcessHandle handle() {
    return Await.value(
            "a " + role.command() + " process",
            () -> Optional.ofNullable(process).filter(Process::isAlive))
        .toHandle();
  }

  /// `kill -9`; returns when it is gone.
  void kill() {
    var handle = handle();
    killed = true;
    handle.destroyForcibly();
    Await.until("the death of the " + role.command(), () -> !handle.isAlive());
  }

  /// Ends it in order, so that it leaves its classes prepared: the next starts take half the time.
  void prepareClasses() {
    var handle = handle();
    killed = true;
    handle.destroy();
    Await.value(
        "the end of the " + role.command(),
        READY,
        () -> handle.isAlive() ? Optional.empty() : Optional.of(true));
  }

  void awaitReady() {
    Readiness.await(
        "the " + role.command(), URI.create("http://127.0.0.1:" + opsPort + "/readyz"), READY);
  }

  /// How often it ended though nobody killed it.
  int ownEnds() {
    return ownEnds.get();
  }

  private void own() {
    try {
      while (!closing) {
        var running = fork();
        process = running;
        running.waitFor();
        if (!killed && !closing) {
          ownEnds.incrementAndGet();
        }
        killed = false;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Its standard input is a pipe that nobody writes to: when it ends, we are gone, and it ends
  /// too.
  private Process fork() throws IOException {
    var command = Jars.command(role);
    // It lives some seconds: the second compiler would only take time from the others.
    command.add(1, "-XX:TieredStopAtLevel=1");
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(
                    directory.resolve(role.command() + ".log").toFile()));
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  @Override
  public void close() {
    closing = true;
    var running = process;
    if (running == null) return;
    running.destroy();
    try {
      if (!running.waitFor(20, TimeUnit.SECONDS)) running.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
