package propusk.domain.limit;

import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Counts uses of a [Limit] per subject in fixed windows, in the database, so that all processes
/// share one count. Ask [#closedUntil] before the deed and [#count] it after, or [#take] a use at
/// once where many may come together.
public final class Limits {
  /// The subject of a limit that holds for all together.
  public static final String EVERYBODY = "*";

  private final InstantSource clock;

  public Limits(InstantSource clock) {
    this.clock = clock;
  }

  /// When this subject may go on; empty: at once.
  public Optional<Instant> closedUntil(Handle handle, Limit limit, String subject) {
    return handle
        .createQuery(
            """
            SELECT window_start FROM limit_use
            WHERE limit_id = :limit AND subject = :subject AND used >= :amount AND window_start > :expired
            """)
        .bind("limit", limit.id())
        .bind("subject", subject)
        .bind("amount", limit.amount())
        .bind("expired", now().minus(limit.window()))
        .mapTo(OffsetDateTime.class)
        .findOne()
        .map(start -> start.toInstant().plus(limit.window()));
  }

  /// How many uses are left in the current window.
  public int left(Handle handle, Limit limit, String subject) {
    return handle
        .createQuery(
            """
            SELECT greatest(0, :amount - used) FROM limit_use
            WHERE limit_id = :limit AND subject = :subject AND window_start > :expired
            """)
        .bind("limit", limit.id())
        .bind("subject", subject)
        .bind("amount", limit.amount())
        .bind("expired", now().minus(limit.window()))
        .mapTo(Integer.class)
        .findOne()
        .orElse(limit.amount());
  }

  /// Counts one use; the first one after a window's end starts a new window.
  public void count(Handle handle, Limit limit, String subject) {
    handle
        .createUpdate(
            """
            INSERT INTO limit_use AS use (limit_id, subject, window_start, used)
            VALUES (:limit, :subject, :now, 1)
            ON CONFLICT (limit_id, subject) DO UPDATE SET
              used = CASE WHEN use.window_start > :expired THEN use.used + 1 ELSE 1 END,
              window_start = CASE WHEN use.window_start > :expired THEN use.window_start ELSE :now END
            """)
        .bind("limit", limit.id())
        .bind("subject", subject)
        .bind("now", now())
        .bind("expired", now().minus(limit.window()))
        .execute();
  }

  /// Takes one use, if there is one left: of many who ask at once only as many pass as the limit
  /// allows.
  ///
  /// @return when this subject may go on, where nothing was left
  public Optional<Instant> take(Handle handle, Limit limit, String subject) {
    count(handle, limit, subject);
    return handle
        .createQuery(
            """
            SELECT window_start FROM limit_use
            WHERE limit_id = :limit AND subject = :subject AND used > :amount
            """)
        .bind("limit", limit.id())
        .bind("subject", subject)
        .bind("amount", limit.amount())
        .mapTo(OffsetDateTime.class)
        .findOne()
        .map(start -> start.toInstant().plus(limit.window()));
  }

  /// Forgets windows that ended long ago.
  public int forget(Handle handle, Instant before) {
    return handle
        .createUpdate("DELETE FROM limit_use WHERE window_start < :before")
        .bind("before", before.atOffset(ZoneOffset.UTC))
        .execute();
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
