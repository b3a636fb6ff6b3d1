package propusk.app;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.app.config.DatabaseConfig;
import propusk.app.launch.Databases;
import propusk.domain.notify.Notifications;
import propusk.domain.time.DatabaseClock;
import propusk.migrations.Migrations;

/// PostgreSQL as a process sees it: a pool, its time, and its notifications.
final class Store implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Store.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration MEASURE_EVERY = Duration.ofSeconds(60);

  private final HikariDataSource pool;
  private final DatabaseClock clock;
  private final Notifications notifications;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread measurer =
      Thread.ofVirtual().name("clock").unstarted(this::measureNowAndThen);

  private Store(HikariDataSource pool, DatabaseClock clock, Notifications notifications) {
    this.pool = pool;
    this.clock = clock;
    this.notifications = notifications;
  }

  /// Waits until the database has the version that this program needs.
  static Store open(DatabaseConfig config, String name, int connections) {
    Migrations.awaitVersion(Databases.unpooled(config), PATIENCE);
    var pool = Databases.pool(config, name, connections);
    try {
      var clock = new DatabaseClock(pool, System::nanoTime);
      var notifications =
          new Notifications(config.jdbcUrl(), config.user(), config.password().value());
      var store = new Store(pool, clock, notifications);
      store.measurer.start();
      return store;
    } catch (SQLException e) {
      pool.close();
      throw new IllegalStateException("The database does not answer: " + e.getMessage(), e);
    }
  }

  HikariDataSource pool() {
    return pool;
  }

  Jdbi jdbi() {
    return Jdbi.create(pool);
  }

  DatabaseClock clock() {
    return clock;
  }

  Notifications notifications() {
    return notifications;
  }

  /// In words, if a query would fail now.
  Optional<String> problem() {
    try (var connection = pool.getConnection()) {
      return connection.isValid(2) ? Optional.empty() : Optional.of("does not answer");
    } catch (SQLException e) {
      return Optional.of("does not answer");
    }
  }

  /// The machine's monotonic clock drifts against the database's.
  private void measureNowAndThen() {
    try {
      while (!closed.await(MEASURE_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        measure();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void measure() {
    try {
      clock.measure();
    } catch (SQLException e) {
      log.warn("event=clock_not_measured reason={}", e.getSQLState());
    }
  }

  @Override
  public void close() {
    closed.countDown();
    notifications.close();
    pool.close();
  }
}
