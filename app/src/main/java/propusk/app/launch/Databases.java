package propusk.app.launch;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import propusk.app.config.DatabaseConfig;

/// Ways to PostgreSQL.
public final class Databases {
  private static final long PATIENCE_MILLIS = 5_000;

  private Databases() {}

  /// A new connection each time: for commands and for the wait at start.
  public static DataSource unpooled(DatabaseConfig config) {
    var source = new PGSimpleDataSource();
    source.setUrl(config.jdbcUrl());
    source.setUser(config.user());
    source.setPassword(config.password().value());
    source.setApplicationName("propusk");
    return source;
  }

  /// A pool that outlives restarts of the database: who finds no connection is told after five
  /// seconds.
  public static HikariDataSource pool(DatabaseConfig config, String name, int size) {
    var pool = new HikariConfig();
    pool.setPoolName(name);
    pool.setDataSource(unpooled(config));
    pool.setMaximumPoolSize(size);
    pool.setMinimumIdle(2);
    pool.setConnectionTimeout(PATIENCE_MILLIS);
    pool.setInitializationFailTimeout(-1);
    return new HikariDataSource(pool);
  }
}
