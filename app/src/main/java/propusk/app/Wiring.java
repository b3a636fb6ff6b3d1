package propusk.app;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import propusk.app.config.Config;
import propusk.app.config.DatabaseConfig;
import propusk.app.launch.Databases;
import propusk.app.launch.Owned;
import propusk.app.ops.Check;
import propusk.app.ops.OpsServer;
import propusk.migrations.Migrations;

/// The map of the system: builds each role top to bottom, one method per module.
final class Wiring {
  private static final Duration DATABASE_PATIENCE = Duration.ofSeconds(30);

  private Wiring() {}

  /// Bot and pages.
  static void web(Config.Web config, Owned owned) {
    var metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var ops = owned.add(OpsServer.start(config.opsPort(), metrics, List.of()));
    var database = database(config.database(), "web", 12, metrics, owned);
    ops.ready(List.of(answers(database)));
  }

  /// TDLib.
  static void worker(Config.Worker config, Owned owned) {
    var metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var ops = owned.add(OpsServer.start(config.opsPort(), metrics, List.of()));
    var database = database(config.database(), "worker", 8, metrics, owned);
    ops.ready(List.of(answers(database)));
  }

  private static HikariDataSource database(
      DatabaseConfig config, String name, int size, PrometheusMeterRegistry metrics, Owned owned) {
    Migrations.awaitVersion(Databases.unpooled(config), DATABASE_PATIENCE);
    var pool = owned.add(Databases.pool(config, name, size));
    pool.setMetricRegistry(metrics);
    return pool;
  }

  private static Check answers(HikariDataSource database) {
    return new Check("database", () -> problem(database));
  }

  private static Optional<String> problem(HikariDataSource database) {
    try (var connection = database.getConnection()) {
      return connection.isValid(2) ? Optional.empty() : Optional.of("does not answer");
    } catch (SQLException e) {
      return Optional.of("does not answer");
    }
  }
}
