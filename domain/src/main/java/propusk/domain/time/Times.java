package propusk.domain.time;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Instants in and out of `timestamptz` columns, and how far away they are.
public final class Times {
  private Times() {}

  /// Whole seconds, rounded up, so that no clock shows an end that is not there yet; 0 where it is
  /// past.
  public static long secondsUntil(Instant now, Instant at) {
    return Math.max(0, Duration.between(now, at).plusMillis(999).toSeconds());
  }

  public static OffsetDateTime column(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }

  public static @Nullable OffsetDateTime column(Optional<Instant> at) {
    return at.map(Times::column).orElse(null);
  }

  public static Instant get(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  public static Optional<Instant> find(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
