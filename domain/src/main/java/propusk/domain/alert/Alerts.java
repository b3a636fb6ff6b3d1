package propusk.domain.alert;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.domain.notify.Channel;
import propusk.domain.notify.Notifications;
import propusk.domain.time.Times;

/// Incidents that the operator is told of, once each: raised in the transaction of what they tell
/// of. An incident is over when it was not seen for [#QUIET]; the next one is told anew.
public final class Alerts {
  private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);

  /// So long without a sight of it, and an incident is over.
  public static final Duration QUIET = Duration.ofHours(24);

  /// Between two messages to the operator: what comes meanwhile goes into one.
  public static final Duration PAUSE = Duration.ofMinutes(1);

  private final InstantSource clock;

  public Alerts(InstantSource clock) {
    this.clock = clock;
  }

  public void raise(Handle handle, AlertKind kind, String subject) {
    var alert =
        handle
            .createQuery(
                """
                INSERT INTO alert (kind, subject, first_seen, last_seen, seen)
                VALUES (:kind, :subject, :now, :now, 1)
                ON CONFLICT (kind, subject) DO UPDATE SET
                  first_seen = CASE WHEN alert.last_seen < :over THEN :now ELSE alert.first_seen END,
                  seen = CASE WHEN alert.last_seen < :over THEN 1 ELSE alert.seen + 1 END,
                  told_at = CASE WHEN alert.last_seen < :over THEN NULL ELSE alert.told_at END,
                  last_seen = :now
                RETURNING *
                """)
            .bind("kind", kind.code())
            .bind("subject", subject)
            .bind("now", Times.column(clock.instant()))
            .bind("over", Times.column(clock.instant().minus(QUIET)))
            .map(Alerts::alert)
            .one();
    Notifications.hint(handle, Channel.ALERT, "");
    LOG.error("event=alert_raised kind={} subject={} seen={}", kind.code(), subject, alert.seen());
  }

  /// What the operator has not been told yet, oldest first: told from now on. None within [#PAUSE]
  /// of the last time.
  public List<Alert> takeUntold(Handle handle, int max) {
    return handle
        .createQuery(
            """
            UPDATE alert SET told_at = :now
            WHERE NOT EXISTS (SELECT 1 FROM alert WHERE told_at > :recently)
              AND (kind, subject) IN (
                SELECT kind, subject FROM alert WHERE told_at IS NULL ORDER BY first_seen LIMIT :max
                FOR UPDATE SKIP LOCKED)
            RETURNING *
            """)
        .bind("now", Times.column(clock.instant()))
        .bind("recently", Times.column(clock.instant().minus(PAUSE)))
        .bind("max", max)
        .map(Alerts::alert)
        .list();
  }

  /// Incidents, seen last first.
  public List<Alert> latest(Handle handle, int max) {
    return handle
        .createQuery("SELECT * FROM alert ORDER BY last_seen DESC LIMIT :max")
        .bind("max", max)
        .map(Alerts::alert)
        .list();
  }

  /// Forgets incidents that were last seen before `before`.
  public int forget(Handle handle, Instant before) {
    return handle
        .createUpdate("DELETE FROM alert WHERE last_seen < :before")
        .bind("before", Times.column(before))
        .execute();
  }

  private static Alert alert(ResultSet row, StatementContext context) throws SQLException {
    return new Alert(
        AlertKind.of(row.getString("kind")),
        row.getString("subject"),
        Times.get(row, "first_seen"),
        Times.get(row, "last_seen"),
        row.getInt("seen"));
  }
}
