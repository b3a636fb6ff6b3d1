package propusk.app.supervise;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.migrations.embedded.Leash;

/// One child process that is kept running until [#close].
///
/// A child that ends is started again with a growing pause; one whose heartbeat stops is killed
/// first. Its own thread starts it and lives as long as it, because the kernel ends the child when
/// that thread is gone: so it never outlives this process, however this process ends. A child that
/// ends with [#GIVE_UP] is not started again.
public final class Child implements AutoCloseable {
  /// The exit code for "starting me again changes nothing": a wrong configuration.
  public static final int GIVE_UP = 78;

  private static final Logger log = LoggerFactory.getLogger(Child.class);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(15);

  /// @param log where its output goes; ours if empty
  /// @param health answers 200 while it is well
  /// @param environment all of it: nothing is inherited
  public record Spec(
      String name,
      List<String> command,
      Map<String, String> environment,
      Optional<Path> log,
      URI health,
      Patience patience) {}

  /// @param start how long a new child may take until its first heartbeat
  /// @param silence how long a child may then miss heartbeats
  /// @param beat how often it is asked
  public record Patience(Duration start, Duration silence, Duration beat) {
    public static final Patience STANDARD =
        new Patience(Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(2));
  }

  private final Spec spec;
  private final Consumer<Child> onGivenUp;
  private final Heartbeat heartbeat = new Heartbeat();
  private final BackOff backOff = new BackOff();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread owner;
  private volatile @Nullable Process process;

  private Child(Spec spec, Consumer<Child> onGivenUp) {
    this.spec = spec;
    this.onGivenUp = onGivenUp;
    this.owner = Thread.ofPlatform().name("child-" + spec.name()).daemon().unstarted(this::own);
  }

  /// @param onGivenUp called when the child will not be started again
  public static Child start(Spec spec, Consumer<Child> onGivenUp) {
    var child = new Child(spec, onGivenUp);
    child.owner.start();
    return child;
  }

  public String name() {
    return spec.name();
  }

  /// Of the process that runs now; empty between two lives.
  public Optional<Long> pid() {
    return Optional.ofNullable(process).filter(Process::isAlive).map(Process::pid);
  }

  private void own() {
    try {
      while (!stopping()) {
        var started = System.nanoTime();
        int code = live();
        var life = Duration.ofNanos(System.nanoTime() - started);
        if (stopping()) {
          return;
        }
        if (code == GIVE_UP) {
          log.error("event=child_given_up child={}", spec.name());
          onGivenUp.accept(this);
          return;
        }
        var pause = backOff.after(life);
        log.warn(
            "event=child_ended child={} code={} lived_ms={} restarts_in_ms={}",
            spec.name(),
            code,
            life.toMillis(),
            pause.toMillis());
        stop.await(pause.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      log.error("event=child_not_started child={} error={}", spec.name(), e.getMessage());
      onGivenUp.accept(this);
    }
  }

  /// From start to end of one process; returns its exit code.
  private int live() throws IOException, InterruptedException {
    var running = fork();
    process = running;
    log.info("event=child_started child={} pid={}", spec.name(), running.pid());
    var deadline = System.nanoTime() + spec.patience().start().toNanos();
    while (!running.waitFor(spec.patience().beat().toMillis(), TimeUnit.MILLISECONDS)) {
      var now = System.nanoTime();
      if (heartbeat.beats(spec.health())) {
        deadline = now + spec.patience().silence().toNanos();
      } else if (now - deadline > 0) {
        log.error("event=child_hung child={} pid={} action=kill", spec.name(), running.pid());
        running.destroyForcibly();
      }
    }
    return running.exitValue();
  }

  /// Its standard input is a pipe that nobody writes to: when it ends, we are gone.
  private Process fork() throws IOException {
    var command = Leash.on("TERM", List.of(), spec.command());
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(spec.environment());
    builder.redirectOutput(
        spec.log()
            .map(Path::toFile)
            .map(ProcessBuilder.Redirect::appendTo)
            .orElse(ProcessBuilder.Redirect.INHERIT));
    return builder.start();
  }

  private boolean stopping() {
    return stop.getCount() == 0;
  }

  /// Asks the child to end, and kills it when it does not.
  @Override
  public void close() {
    stop.countDown();
    var running = process;
    try {
      if (running != null && running.isAlive()) {
        running.destroy();
        if (!running.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
          log.warn("event=child_killed child={} pid={}", spec.name(), running.pid());
          running.destroyForcibly().waitFor();
        }
      }
      owner.join(STOP_PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      heartbeat.close();
    }
  }
}
