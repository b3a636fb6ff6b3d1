package propusk.migrations.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import propusk.migrations.embedded.EmbeddedPostgres.Config;

class EmbeddedPostgresTest {
  private Path directory;

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = Files.createTempDirectory("propusk-test-");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
  }

  @AfterEach
  void removeDirectory() {
    Shell.run(List.of("rm", "-rf", directory.toString()));
  }

  @Test
  void keepsDataAndPortOverRestarts() throws SQLException {
    int port;
    try (var postgres = EmbeddedPostgres.start(Config.durable(directory))) {
      port = postgres.port();
      execute(postgres, "CREATE TABLE kept AS SELECT 7 AS value");
    }
    try (var postgres = EmbeddedPostgres.start(Config.durable(directory))) {
      assertEquals(port, postgres.port());
      assertEquals("7", query(postgres, "SELECT value FROM kept"));
      assertEquals("on", query(postgres, "SHOW fsync"));
    }
  }

  @Test
  void asksForThePasswordThatOnlyItsOwnerCanRead() throws IOException {
    try (var postgres = EmbeddedPostgres.start(Config.fast(directory))) {
      var guess = EmbeddedPostgres.dataSource(postgres.jdbcUrl(), postgres.user(), "guess");
      var refused = assertThrows(SQLException.class, guess::getConnection);
      assertEquals("28P01", refused.getSQLState());
      var permissions = Files.getPosixFilePermissions(directory.resolve("password"));
      assertEquals("rw-------", PosixFilePermissions.toString(permissions));
    }
  }

  @Test
  void asRootADirectoryOutOfTheServersReachIsSaidInASentence() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    var below = Config.fast(directory.resolve("below"));
    if (!Shell.isRoot()) {
      EmbeddedPostgres.start(below).close();
      return;
    }
    var refused = assertThrows(IllegalStateException.class, () -> EmbeddedPostgres.start(below));
    var words = String.valueOf(refused.getMessage());
    assertTrue(words.contains("chmod o+x"), words);
  }

  @Test
  void oneDirectoryHasOneOwner() {
    try (var postgres = EmbeddedPostgres.start(Config.fast(directory))) {
      assertTrue(postgres.port() > 0);
      var refused =
          assertThrows(
              IllegalStateException.class, () -> EmbeddedPostgres.start(Config.fast(directory)));
      var words = String.valueOf(refused.getMessage());
      assertTrue(words.contains("in use"), words);
    }
  }

  @Test
  void endsCleanlyWhenItsOwnerIsKilledAndStartsAgain() throws Exception {
    var owner = startOwner();
    long serverPid;
    try (var words = output(owner)) {
      serverPid = firstNumber(words);
      var server = ProcessHandle.of(serverPid).orElseThrow();
      owner.destroyForcibly().waitFor();
      server.onExit().get(20, TimeUnit.SECONDS);
    }
    var log = Files.readString(directory.resolve("postgres.log"));
    assertTrue(log.contains("database system is shut down"), log);
    try (var postgres = EmbeddedPostgres.start(Config.durable(directory))) {
      assertEquals("1", query(postgres, "SELECT value FROM kept"));
    }
  }

  @Test
  void startsThoughAnotherProcessGotTheRecordedPid() throws Exception {
    EmbeddedPostgres.start(Config.durable(directory)).close();
    var stranger = new ProcessBuilder(Shell.unprivileged(List.of("sleep", "60"))).start();
    try {
      Files.writeString(directory.resolve("data/postmaster.pid"), stranger.pid() + "\n");
      try (var postgres = EmbeddedPostgres.start(Config.durable(directory))) {
        assertEquals("1", query(postgres, "SELECT 1"));
      }
      assertTrue(stranger.isAlive());
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void startsAgainWhenTheServerIsKilled() throws Exception {
    try (var postgres = EmbeddedPostgres.start(Config.durable(directory))) {
      execute(postgres, "CREATE TABLE kept AS SELECT 3 AS value");
      Shell.signal("KILL", postgres.pid());
      assertEquals("3", eventually(postgres, "SELECT value FROM kept"));
    }
  }

  private static String eventually(EmbeddedPostgres postgres, String sql) throws Exception {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (true) {
      try {
        return query(postgres, sql);
      } catch (SQLException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(5_000_000);
      }
    }
  }

  private Process startOwner() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Owner.class.getName(),
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static long firstNumber(BufferedReader words) throws IOException {
    while (true) {
      var line = Objects.requireNonNull(words.readLine(), "the owner ended");
      if (line.matches("\\d+")) {
        return Long.parseLong(line);
      }
    }
  }

  private static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /// A JVM that owns a server until it is killed.
  static final class Owner {
    public static void main(String[] arguments) throws Exception {
      var postgres = EmbeddedPostgres.start(Config.durable(Path.of(arguments[0])));
      execute(postgres, "CREATE TABLE kept AS SELECT 1 AS value");
      System.out.println(postgres.pid());
      Thread.currentThread().join();
    }
  }

  private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (var connection = postgres.dataSource("postgres").getConnection()) {
      connection.createStatement().execute(sql);
    }
  }

  private static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (var connection = postgres.dataSource("postgres").getConnection();
        var rows = connection.createStatement().executeQuery(sql)) {
      assertTrue(rows.next());
      return rows.getString(1);
    }
  }
}
