package propusk.mtproto.database;

import java.sql.SQLException;
import java.time.Duration;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Transactions that are repeated while PostgreSQL is away, so that its restart harms no login.
///
/// After a lost COMMIT the work runs again: what it does must be harmless twice. Patience ends with
/// the worker's lease, which ends the process.
public final class PatientDatabase {
  private static final Logger LOG = LoggerFactory.getLogger(PatientDatabase.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final Jdbi jdbi;

  public PatientDatabase(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /// @throws RuntimeException of JDBI, when it is not the connection that fails
  public <R> R inTransaction(HandleCallback<R, RuntimeException> work) throws InterruptedException {
    var pause = FIRST_PAUSE;
    while (true) {
      try {
        return jdbi.inTransaction(work);
      } catch (RuntimeException e) {
        if (!passes(e)) throw e;
        LOG.warn("event=database_away pause_ms={}", pause.toMillis());
        Thread.sleep(pause);
        pause = pause.multipliedBy(2);
        if (pause.compareTo(LONGEST_PAUSE) > 0) pause = LONGEST_PAUSE;
      }
    }
  }

  /// Connection lost (08), no resources (53), server stopping or starting (57), serialization or
  /// deadlock (40).
  private static boolean passes(Throwable e) {
    for (var cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql
          && sql.getSQLState() != null
          && sql.getSQLState().matches("(08|53|57|40).*")) {
        return true;
      }
      if (cause instanceof java.sql.SQLTransientException) return true;
    }
    return false;
  }
}
