package propusk.migrations.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One `postgres` process and the thread that owns it: starts it, waits for its end, starts it
/// again.
final class ServerProcess implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ServerProcess.class);
  private static final Duration BACK_OFF = Duration.ofSeconds(1);

  private final Cluster cluster;
  private final int port;
  private final boolean durable;
  private final CompletableFuture<Process> firstStart = new CompletableFuture<>();
  private final Thread owner;
  private volatile boolean closing;
  private volatile @Nullable Process process;

  private ServerProcess(Cluster cluster, int port, boolean durable) {
    this.cluster = cluster;
    this.port = port;
    this.durable = durable;
    this.owner = Thread.ofPlatform().name("postgres-owner").daemon().unstarted(this::own);
  }

  static ServerProcess start(Cluster cluster, int port, boolean durable, Duration patience) {
    var started = System.nanoTime();
    var server = new ServerProcess(cluster, port, durable);
    server.owner.start();
    try {
      server.firstStart.join();
      server.awaitAnswer(patience);
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
    log.info(
        "event=postgres_started port={} pid={} took_ms={}",
        port,
        server.pid(),
        (System.nanoTime() - started) / 1_000_000);
    return server;
  }

  int port() {
    return port;
  }

  long pid() {
    var current = process;
    return current == null ? -1 : current.pid();
  }

  private void own() {
    while (!closing) {
      try {
        var child = fork();
        process = child;
        firstStart.complete(child);
        var code = child.waitFor();
        if (!closing) {
          log.error("event=postgres_ended code={} restarts_in_ms={}", code, BACK_OFF.toMillis());
          Thread.sleep(BACK_OFF);
        }
      } catch (IOException e) {
        firstStart.completeExceptionally(e);
        log.error("event=postgres_not_started error={}", e.getMessage());
        return;
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private Process fork() throws IOException {
    return new ProcessBuilder(Shell.unprivileged(command()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.to(cluster.log().toFile()))
        .start();
  }

  private List<String> command() {
    var line = new ArrayList<>(List.of(cluster.home().resolve("bin/postgres").toString()));
    line.addAll(List.of("-D", cluster.data().toString(), "-p", Integer.toString(port)));
    set(line, "listen_addresses=127.0.0.1");
    set(line, "unix_socket_directories=");
    set(line, "max_connections=200");
    set(line, "shared_buffers=64MB");
    set(line, "timezone=UTC");
    set(line, "log_timezone=UTC");
    if (!durable) {
      set(line, "fsync=off");
      set(line, "synchronous_commit=off");
      set(line, "full_page_writes=off");
      set(line, "wal_level=minimal");
      set(line, "max_wal_senders=0");
    }
    return line;
  }

  private static void set(List<String> line, String setting) {
    line.addAll(List.of("-c", setting));
  }

  private void awaitAnswer(Duration patience) {
    var url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?connectTimeout=5&loginTimeout=5";
    var source = EmbeddedPostgres.dataSource(url, Cluster.SUPERUSER, cluster.password());
    var deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      try (var connection = source.getConnection()) {
        if (connection.isValid(5)) {
          return;
        }
      } catch (SQLException e) {
        var child = process;
        if (child == null || !child.isAlive() || System.nanoTime() - deadline >= 0) {
          throw new IllegalStateException("PostgreSQL did not start: " + lastWords(), e);
        }
      }
      pause();
    }
  }

  private String lastWords() {
    try {
      var lines = Files.readAllLines(cluster.log());
      return String.join(" | ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while PostgreSQL starts", e);
    }
  }

  /// A fast shutdown; if it hangs, an abrupt one, from which the next start recovers.
  @Override
  public void close() {
    closing = true;
    var child = process;
    if (child == null) {
      return;
    }
    Shell.signal("INT", child.pid());
    try {
      if (!child.waitFor(20, TimeUnit.SECONDS)) {
        log.warn("event=postgres_killed pid={}", child.pid());
        child.destroyForcibly().waitFor();
      }
      owner.interrupt();
      owner.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      child.destroyForcibly();
    }
  }
}
