package propusk.domain.login;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import propusk.domain.login.LoginSnapshot.Queue;
import propusk.domain.notify.Channel;
import propusk.domain.notify.Notifications;
import propusk.domain.time.Times;
import propusk.domain.worker.WorkerId;

/// Which worker runs which login, and who waits for a place while every worker has all it can run.
final class LoginPlaces {
  /// Who waited longer has seen so on the page, and is told that it is over.
  private static final Duration NOTICED = Duration.ofSeconds(1);

  private static final String LIVING =
      "SELECT w.id FROM worker w WHERE w.ended_at IS NULL AND w.lease_until > :now";

  private record Taken(String id, boolean noticed) {}

  /// Takes logins that wait for a worker, or whose worker is gone, for this one; none when its own
  /// lease is over, so that it does not take from itself what it still runs. Who has waited longest
  /// goes first, and the time it waited for its place is given back to its page.
  List<Claim> claim(Handle handle, WorkerId worker, String host, Instant now, int max) {
    var taken =
        handle
            .createQuery(
                """
                WITH next AS (
                  SELECT l.id, l.waiting_since FROM login l LEFT JOIN worker w ON w.id = l.worker_id
                  WHERE ((l.ended_at IS NULL AND l.phase <> 'requested') OR l.scratch_path IS NOT NULL)
                    AND (l.worker_id IS NULL OR w.ended_at IS NOT NULL OR w.lease_until <= :now)
                    AND (l.scratch_host IS NULL OR l.scratch_host = :host)
                    AND EXISTS (SELECT 1 FROM worker me
                      WHERE me.id = :worker AND me.ended_at IS NULL AND me.lease_until > :now)
                  ORDER BY l.waiting_since NULLS FIRST, l.id LIMIT :max FOR UPDATE OF l SKIP LOCKED)
                UPDATE login l SET worker_id = :worker, epoch = l.epoch + 1, waiting_since = NULL,
                  deadline = l.deadline + coalesce(:now - next.waiting_since, interval '0'),
                  version = l.version + CASE WHEN next.waiting_since <= :noticed THEN 1 ELSE 0 END
                FROM next WHERE l.id = next.id
                RETURNING l.id, coalesce(next.waiting_since <= :noticed, false) AS noticed
                """)
            .bind("worker", worker.value())
            .bind("host", host)
            .bind("now", Times.column(now))
            .bind("noticed", Times.column(now.minus(NOTICED)))
            .bind("max", max)
            .map((row, _) -> new Taken(row.getString("id"), row.getBoolean("noticed")))
            .list();
    taken.stream()
        .filter(Taken::noticed)
        .forEach(login -> Notifications.hint(handle, Channel.LOGIN, login.id()));
    return taken.isEmpty() ? List.of() : claims(handle, taken);
  }

  private static List<Claim> claims(Handle handle, List<Taken> taken) {
    return handle
        .createQuery(LoginStore.SELECT + "WHERE l.id = ANY(:ids) ORDER BY l.created_at")
        .bindArray("ids", String.class, taken.stream().map(Taken::id).toList())
        .map(LoginPlaces::claim)
        .list();
  }

  /// Gives those who wait a new version, with which their pages read their place anew.
  void tellQueue(Handle handle, Instant now, int max) {
    handle
        .createQuery(
            """
            UPDATE login SET version = version + 1 WHERE id IN (
              SELECT id FROM login WHERE ended_at IS NULL AND waiting_since <= :noticed
              ORDER BY waiting_since LIMIT :max FOR UPDATE SKIP LOCKED)
            RETURNING id
            """)
        .bind("noticed", Times.column(now.minus(NOTICED)))
        .bind("max", max)
        .mapTo(String.class)
        .forEach(id -> Notifications.hint(handle, Channel.LOGIN, id));
  }

  /// Where a login that waits since `since` stands; empty when a place is free for it, and when no
  /// worker lives.
  Optional<Queue> queue(Handle handle, LoginId id, Instant since, Instant now) {
    int places =
        handle
            .createQuery(
                """
                SELECT coalesce(sum(capacity), 0) FROM worker w WHERE w.ended_at IS NULL AND w.lease_until > :now
                """)
            .bind("now", Times.column(now))
            .mapTo(Integer.class)
            .one();
    if (places == 0) {
      return Optional.empty();
    }
    var ends = ends(handle, now);
    int ahead = ahead(handle, id, since);
    return ends.isEmpty() || ends.size() + ahead < places
        ? Optional.empty()
        : Optional.of(new Queue(ahead, wait(ends, ahead, now)));
  }

  /// When the logins that hold a place end at the latest, the earliest first.
  private static List<Instant> ends(Handle handle, Instant now) {
    return handle
        .createQuery(
            "SELECT deadline FROM login l WHERE (l.ended_at IS NULL OR l.scratch_path IS NOT NULL)"
                + " AND l.worker_id IN ("
                + LIVING
                + ") ORDER BY coalesce(ended_at, deadline)")
        .bind("now", Times.column(now))
        .map((row, _) -> Times.get(row, "deadline"))
        .list();
  }

  private static int ahead(Handle handle, LoginId id, Instant since) {
    return handle
        .createQuery(
            """
            SELECT count(*) FROM login WHERE ended_at IS NULL
              AND (waiting_since < :since OR (waiting_since = :since AND id < :id))
            """)
        .bind("since", Times.column(since))
        .bind("id", id.value())
        .mapTo(Integer.class)
        .one();
  }

  /// Those ahead take the first places that become free, and each may keep it for a page's life.
  private static Duration wait(List<Instant> ends, int ahead, Instant now) {
    var end = ends.get(ahead % ends.size());
    var rounds = Logins.PAGE_LIFE.multipliedBy(ahead / ends.size());
    var wait = Duration.between(now, end).plus(rounds);
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  private static Claim claim(ResultSet row, StatementContext context) throws SQLException {
    var host = row.getString("scratch_host");
    var path = row.getString("scratch_path");
    var key = row.getBytes("scratch_key");
    return new Claim(
        LoginRow.login(row, context),
        new WorkerId(row.getLong("worker_id")),
        row.getLong("epoch"),
        path == null ? Optional.empty() : Optional.of(new Scratch(host, path, key)));
  }
}
