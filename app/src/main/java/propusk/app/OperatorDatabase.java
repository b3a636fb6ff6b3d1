package propusk.app;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import propusk.app.config.Config;
import propusk.app.launch.Databases;
import propusk.domain.seal.Sealer;
import propusk.domain.time.DatabaseClock;

/// The database of a running service, as an operator's command uses it: for one short while.
///
/// @param clock the database's
/// @param sealer the one of SECRET_KEY
record OperatorDatabase(Jdbi jdbi, InstantSource clock, Sealer sealer, String botApiUrl) {

  static OperatorDatabase of(Map<String, String> environment) {
    return of(OperatorSettings.of(environment));
  }

  static OperatorDatabase of(Config.Operator config) {
    var database = Databases.unpooled(config.database());
    try {
      return new OperatorDatabase(
          Jdbi.create(database),
          new DatabaseClock(database, System::nanoTime),
          Sealer.parse(config.secretKey().value()),
          config.botApiUrl());
    } catch (SQLException e) {
      throw new IllegalStateException("The database does not answer: " + e.getMessage(), e);
    }
  }
}
