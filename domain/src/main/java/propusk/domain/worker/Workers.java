package propusk.domain.worker;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import propusk.domain.time.Times;

/// Worker processes and their leases: one lease for all that a worker does. A worker that did not
/// renew for [#GIVE_UP] ends itself before [#LEASE] lets another take its work.
public final class Workers {
  public static final Duration LEASE = Duration.ofSeconds(60);
  public static final Duration RENEW = Duration.ofSeconds(10);
  public static final Duration GIVE_UP = Duration.ofSeconds(45);

  /// How many logins a worker runs at once, unless it says otherwise.
  public static final int CAPACITY = 1_000;

  private final InstantSource clock;

  /// A worker that has not ended by its own word.
  public record Open(WorkerId id, WorkerProcess process, boolean leaseOver) {}

  public Workers(InstantSource clock) {
    this.clock = clock;
  }

  public WorkerId register(Handle handle, WorkerProcess process) {
    return register(handle, process, CAPACITY);
  }

  /// @param capacity how many logins it runs at once
  public WorkerId register(Handle handle, WorkerProcess process, int capacity) {
    var now = clock.instant();
    return handle
        .createQuery(
            """
            INSERT INTO worker (host, pid, started_ticks, started_at, lease_until, capacity)
            VALUES (:host, :pid, :ticks, :now, :until, :capacity) RETURNING id
            """)
        .bind("host", process.host())
        .bind("pid", process.pid())
        .bind("ticks", process.startedTicks())
        .bind("now", Times.column(now))
        .bind("until", Times.column(now.plus(LEASE)))
        .bind("capacity", capacity)
        .map((row, _) -> new WorkerId(row.getLong("id")))
        .one();
  }

  /// False: the lease was lost, all that this worker holds may already be another's.
  public boolean renew(Handle handle, WorkerId id) {
    return handle
            .createUpdate(
                """
                UPDATE worker SET lease_until = :until
                WHERE id = :id AND ended_at IS NULL AND lease_until > :now
                """)
            .bind("until", Times.column(clock.instant().plus(LEASE)))
            .bind("now", Times.column(clock.instant()))
            .bind("id", id.value())
            .execute()
        == 1;
  }

  /// Workers that have not said goodbye: running, hung or lost.
  public List<Open> open(Handle handle) {
    return handle
        .createQuery("SELECT * FROM worker WHERE ended_at IS NULL ORDER BY id")
        .map(this::opened)
        .list();
  }

  /// Says that this process is no more: its work may be taken at once.
  public void end(Handle handle, WorkerId id) {
    handle
        .createUpdate("UPDATE worker SET ended_at = :now WHERE id = :id AND ended_at IS NULL")
        .bind("now", Times.column(clock.instant()))
        .bind("id", id.value())
        .execute();
  }

  /// Says the same of a process that did not say it itself.
  public void lost(Handle handle, WorkerId id) {
    handle
        .createUpdate(
            "UPDATE worker SET ended_at = :now, lost = true WHERE id = :id AND ended_at IS NULL")
        .bind("now", Times.column(clock.instant()))
        .bind("id", id.value())
        .execute();
  }

  private Open opened(ResultSet row, StatementContext context) throws SQLException {
    return new Open(
        new WorkerId(row.getLong("id")),
        new WorkerProcess(row.getString("host"), row.getLong("pid"), row.getLong("started_ticks")),
        !clock.instant().isBefore(Times.get(row, "lease_until")));
  }
}
