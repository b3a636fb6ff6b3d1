package propusk.domain.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import propusk.domain.account.AccountId;
import propusk.domain.time.Times;

/// Which saved sessions are to be asked whether they still live. Stateless; every call runs in the
/// caller's transaction.
public final class SessionChecks {
  private static final Duration SHORTEST_WAIT = Duration.ofMinutes(1);
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  /// Nobody has it open.
  private static final String FREE =
      """
      (worker_id IS NULL OR NOT EXISTS (
        SELECT 1 FROM worker w WHERE w.id = s.worker_id AND w.ended_at IS NULL AND w.lease_until > :now))
      """;

  private final InstantSource clock;

  /// A session to be asked, as it was when it was found: whoever asked it since has made it another
  /// version.
  public record Due(TelegramSessionId id, int version) {}

  /// How much there is to do, and how many share it.
  public record Load(long sessions, int workers) {}

  /// For gauges.
  ///
  /// @param oldest when the live session that waits longest was last checked
  public record Figures(Map<SessionState, Long> byState, Optional<Instant> oldest) {}

  public SessionChecks(InstantSource clock) {
    this.clock = clock;
  }

  /// Live sessions whose check somebody waits for, first come first.
  public List<Due> wanted(Handle handle, int max) {
    return handle
        .createQuery(
            "SELECT id, version FROM telegram_session s WHERE check_wanted_at IS NOT NULL AND state = 'live'"
                + " AND "
                + FREE
                + "ORDER BY check_wanted_at LIMIT :max")
        .bind("now", Times.column(clock.instant()))
        .bind("max", max)
        .map((row, _) -> new Due(new TelegramSessionId(row.getString("id")), row.getInt("version")))
        .list();
  }

  /// Live sessions on which Telegram answered longest ago, and not for `rest`; those that wait
  /// because it was away are left out.
  public List<Due> oldest(Handle handle, Duration rest, int max) {
    return handle
        .createQuery(
            """
            SELECT id, version FROM telegram_session s
            WHERE state = 'live' AND checked_at <= :before AND (check_after IS NULL OR check_after <= :now) AND
            """
                + FREE
                + "ORDER BY checked_at LIMIT :max")
        .bind("now", Times.column(clock.instant()))
        .bind("before", Times.column(clock.instant().minus(rest)))
        .bind("max", max)
        .map((row, _) -> new Due(new TelegramSessionId(row.getString("id")), row.getInt("version")))
        .list();
  }

  /// Telegram did not answer: that says nothing about the session. The next check waits 1 min, 2
  /// min, 4 min … 1 h.
  public void unreachable(Handle handle, TelegramSessionId id) {
    handle
        .createQuery(
            """
            UPDATE telegram_session SET check_wanted_at = NULL, check_failures = check_failures + 1,
              check_after = :now + least(:shortest * power(2, least(check_failures, 10)), :longest) * interval '1 second'
            WHERE id = :id AND state = 'live' RETURNING account_id
            """)
        .bind("now", Times.column(clock.instant()))
        .bind("shortest", SHORTEST_WAIT.toSeconds())
        .bind("longest", LONGEST_WAIT.toSeconds())
        .bind("id", id.value())
        .mapTo(Long.class)
        .findOne()
        .ifPresent(owner -> TelegramSessions.hintOwner(handle, new AccountId(owner)));
  }

  public Load load(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT (SELECT count(*) FROM telegram_session WHERE state = 'live') AS sessions,
                   (SELECT count(*) FROM worker WHERE ended_at IS NULL AND lease_until > :now) AS workers
            """)
        .bind("now", Times.column(clock.instant()))
        .map((row, _) -> new Load(row.getLong("sessions"), row.getInt("workers")))
        .one();
  }

  public Figures figures(Handle handle) {
    var byState = new EnumMap<SessionState, Long>(SessionState.class);
    handle
        .createQuery("SELECT state, count(*) AS sessions FROM telegram_session GROUP BY state")
        .map(
            (row, _) -> Map.entry(SessionState.of(row.getString("state")), row.getLong("sessions")))
        .forEach(found -> byState.put(found.getKey(), found.getValue()));
    var oldest =
        handle
            .createQuery(
                "SELECT checked_at FROM telegram_session WHERE state = 'live' ORDER BY checked_at"
                    + " LIMIT 1")
            .map((row, _) -> Times.get(row, "checked_at"))
            .findOne();
    return new Figures(byState, oldest);
  }
}
