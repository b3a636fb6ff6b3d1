package propusk.domain.time;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/// The database's time, carried on by this machine's monotonic clock, so that all processes judge a
/// deadline alike and a jump of a wall clock moves none. Call [#measure] at start and now and then.
/// Safe for use by many threads.
public final class DatabaseClock implements InstantSource {
  private final DataSource database;
  private final LongSupplier nanoTime;
  private volatile Mark mark;

  private record Mark(Instant database, long nanos) {}

  /// @param nanoTime a monotonic clock in nanoseconds, such as `System::nanoTime`
  public DatabaseClock(DataSource database, LongSupplier nanoTime) throws SQLException {
    this.database = database;
    this.nanoTime = nanoTime;
    this.mark = read();
  }

  @Override
  public Instant instant() {
    var from = mark;
    return from.database().plusNanos(nanoTime.getAsLong() - from.nanos());
  }

  /// Reads the database's time again.
  public void measure() throws SQLException {
    mark = read();
  }

  private Mark read() throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      long before = nanoTime.getAsLong();
      try (var row = statement.executeQuery("SELECT clock_timestamp()")) {
        row.next();
        var half = Duration.ofNanos((nanoTime.getAsLong() - before) / 2);
        return new Mark(
            row.getObject(1, OffsetDateTime.class).toInstant(), before + half.toNanos());
      }
    }
  }
}
