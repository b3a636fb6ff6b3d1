package propusk.migrations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import propusk.migrations.embedded.EmbeddedPostgres;

/// A fresh, migrated database for one test, cloned from a template in milliseconds.
///
/// One server per test JVM, started by the first call and ended with the JVM. Databases are
/// independent, so tests may run side by side. LISTEN/NOTIFY stays within a database too.
public final class TestDatabase implements AutoCloseable {
  private static final String TEMPLATE = "migrated";
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static @Nullable EmbeddedPostgres server;

  private final EmbeddedPostgres postgres;
  private final String name;

  private TestDatabase(EmbeddedPostgres postgres, String name) {
    this.postgres = postgres;
    this.name = name;
  }

  /// A database with all migrations applied.
  public static TestDatabase create() {
    return clone(TEMPLATE);
  }

  /// A database without any table.
  public static TestDatabase createEmpty() {
    return clone("template0");
  }

  private static TestDatabase clone(String template) {
    var postgres = server();
    var name = "test_" + NUMBER.incrementAndGet();
    execute(postgres, "CREATE DATABASE " + name + " TEMPLATE " + template + " STRATEGY WAL_LOG");
    return new TestDatabase(postgres, name);
  }

  public String jdbcUrl() {
    return postgres.jdbcUrl(name);
  }

  public String user() {
    return postgres.user();
  }

  public String password() {
    return postgres.password();
  }

  /// User and password included, as `PROPUSK_DATABASE_URL` takes it.
  public String url() {
    return jdbcUrl() + "?user=" + user() + "&password=" + password();
  }

  /// Unpooled: each connection is a new one.
  public DataSource dataSource() {
    return postgres.dataSource(name);
  }

  /// Ends every connection to this database, as a restart of the server does (SQLState 57P01).
  public void disconnectEveryone() {
    execute(
        postgres,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
  }

  /// Drops the database, whoever is still connected.
  @Override
  public void close() {
    execute(postgres, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
  }

  private static synchronized EmbeddedPostgres server() {
    var running = server;
    if (running != null) {
      return running;
    }
    var directory = temporaryDirectory();
    var started = EmbeddedPostgres.start(EmbeddedPostgres.Config.fast(directory));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(started, directory)));
    execute(started, "CREATE DATABASE " + TEMPLATE);
    Migrations.migrate(started.dataSource(TEMPLATE));
    server = started;
    return started;
  }

  private static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("propusk-test-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void end(EmbeddedPostgres postgres, Path directory) {
    postgres.close();
    try {
      new ProcessBuilder("rm", "-rf", directory.toString()).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void execute(EmbeddedPostgres postgres, String sql) {
    try (var connection = postgres.dataSource("postgres").getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
