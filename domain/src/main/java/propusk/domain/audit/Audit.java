package propusk.domain.audit;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.domain.time.Times;

/// What operators and admins did, written in the transaction of the deed.
public final class Audit {
  private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

  private final InstantSource clock;

  public Audit(InstantSource clock) {
    this.clock = clock;
  }

  /// @param action a verb in the past, such as `invite_created`
  /// @param subject an id or a kind; never a secret, a number or a message's text
  public void record(Handle handle, Actor actor, String action, String subject) {
    handle
        .createUpdate(
            "INSERT INTO audit (at, actor, action, subject) VALUES (:at, :actor, :action, :subject)")
        .bind("at", Times.column(clock.instant()))
        .bind("actor", actor.name())
        .bind("action", action)
        .bind("subject", subject)
        .execute();
    LOG.info("event=audited actor={} action={} subject={}", actor.name(), action, subject);
  }

  /// The latest first.
  public List<AuditEntry> latest(Handle handle, int max) {
    return handle
        .createQuery("SELECT at, actor, action, subject FROM audit ORDER BY id DESC LIMIT :max")
        .bind("max", max)
        .map((row, _) ->
            new AuditEntry(
                Times.get(row, "at"),
                row.getString("actor"),
                row.getString("action"),
                row.getString("subject")))
        .list();
  }

  /// Deletes what was done before this moment.
  public int forget(Handle handle, Instant before) {
    return handle
        .createUpdate("DELETE FROM audit WHERE at < :before")
        .bind("before", Times.column(before))
        .execute();
  }
}
