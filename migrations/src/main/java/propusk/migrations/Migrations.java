package propusk.migrations;

import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The SQL files under `db/migration` and how a database gets them.
///
/// `serve`, `demo` and `migrate` call [#migrate]; `web` and `worker` only wait for the version they
/// were built for. Several processes may migrate at once: Flyway locks.
public final class Migrations {
  private static final Logger log = LoggerFactory.getLogger(Migrations.class);
  private static final long LOOK_AGAIN_MILLIS = 250;

  private Migrations() {}

  /// Applies what is missing.
  public static void migrate(DataSource database) {
    var result = flyway(database).migrate();
    if (result.migrationsExecuted > 0) {
      log.info(
          "event=database_migrated version={} applied={}",
          result.targetSchemaVersion,
          result.migrationsExecuted);
    }
  }

  /// Returns once the database has every migration this program knows.
  ///
  /// A newer database is fine: during an upgrade old and new processes run side by side.
  ///
  /// @throws OutdatedDatabase when it is still behind after `patience`, with a sentence for the
  ///   operator
  public static void awaitVersion(DataSource database, Duration patience) {
    var deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      var missing = missing(database);
      if (missing.isEmpty()) {
        return;
      }
      if (System.nanoTime() - deadline >= 0) {
        throw new OutdatedDatabase(missing);
      }
      pause();
    }
  }

  /// What is missing, in words; empty when nothing is.
  private static String missing(DataSource database) {
    try {
      var pending = flyway(database).info().pending();
      return pending.length == 0 ? "" : "it lacks version " + version(pending);
    } catch (FlywayException e) {
      return "it does not answer (" + firstLine(e) + ")";
    }
  }

  private static String version(MigrationInfo[] pending) {
    return pending[pending.length - 1].getVersion().getVersion();
  }

  private static String firstLine(Throwable e) {
    var deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return String.valueOf(deepest.getMessage()).lines().findFirst().orElse("");
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_AGAIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for the database", e);
    }
  }

  private static Flyway flyway(DataSource database) {
    return Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(database)
        .locations("classpath:db/migration")
        .validateMigrationNaming(true)
        .load();
  }

  /// The database is not at the version this program needs; the message says what to do.
  public static final class OutdatedDatabase extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutdatedDatabase(String missing) {
      super(
          "The database is not ready for this program: "
              + missing
              + ". Run `./propusk migrate` with the same PROPUSK_DATABASE_URL.");
    }
  }
}
