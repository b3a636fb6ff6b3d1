package propusk.mtproto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import propusk.mtproto.login.LoginRules;

/// A worker in a process of its own, on a stage, that a test ends hard.
final class WorkerProcess implements AutoCloseable {
  /// What every such worker of this build wrote.
  static final Path LOG = Path.of("target", "worker.log");

  private final Process process;

  private WorkerProcess(Process process) {
    this.process = process;
  }

  static WorkerProcess start(Stage stage) throws IOException {
    return start(stage, LoginRules.CLIENTS);
  }

  /// @param clients so many it opens before it makes place for a successor
  static WorkerProcess start(Stage stage, int clients) throws IOException {
    var settings = new Properties();
    var servers = stage.servers();
    settings.setProperty("url", stage.domain.database.jdbcUrl());
    settings.setProperty("user", stage.domain.database.user());
    settings.setProperty("password", stage.domain.database.password());
    settings.setProperty("now", stage.domain.clock.instant().toString());
    settings.setProperty("secret_key", base64(stage.domain.secretKey));
    settings.setProperty("vault_key", base64(stage.vaultKey));
    settings.setProperty("host", servers.host());
    settings.setProperty("port", Integer.toString(servers.port()));
    settings.setProperty("proxy_secret", servers.proxySecret());
    settings.setProperty("pem", servers.publicKeyPem());
    settings.setProperty("clients", Integer.toString(clients));
    settings.setProperty("state", stage.workerState().toString());
    var file = Files.createTempFile(stage.directory, "worker", ".properties");
    try (var writer = Files.newBufferedWriter(file)) {
      settings.store(writer, null);
    }
    Files.createDirectories(LOG.toAbsolutePath().getParent());
    return new WorkerProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                WorkerMain.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(LOG.toFile()))
            .start());
  }

  /// `kill -9`.
  void kill() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) throw new AssertionError("it lives on");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Stops its clock and its hands, as a swapped-out or suspended process.
  void freeze() {
    signal("STOP");
  }

  boolean alive() {
    return process.isAlive();
  }

  boolean endsWithin(long time, TimeUnit unit) throws InterruptedException {
    return process.waitFor(time, unit);
  }

  int exitCode() {
    return process.exitValue();
  }

  @Override
  public void close() {
    if (process.isAlive()) kill();
  }

  private void signal(String name) {
    try {
      var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
      if (kill.waitFor() != 0) throw new AssertionError("no signal was sent");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(byte[] key) {
    return Base64.getEncoder().encodeToString(key);
  }
}
