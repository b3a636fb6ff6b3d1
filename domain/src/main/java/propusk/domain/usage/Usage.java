package propusk.domain.usage;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import propusk.domain.account.AccountId;

/// How much of a plan's limits an account has used. The product that works for the account reports
/// it; nothing is measured here. Days are Moscow's. Stateless; every call runs in the caller's
/// transaction.
public final class Usage {
  private static final ZoneId ZONE = ZoneId.of("Europe/Moscow");

  /// No row is looked for that is older: who reports nothing for so long uses nothing.
  private static final int REMEMBERED_DAYS = 31;

  private final InstantSource clock;

  public Usage(InstantSource clock) {
    this.clock = clock;
  }

  /// So much is used by now: the newest word of a day counts.
  public void report(Handle handle, AccountId account, PlanLimit limit, int used) {
    handle
        .createUpdate(
            """
            INSERT INTO usage (account_id, limit_code, day, used) VALUES (:account, :limit, :day, :used)
            ON CONFLICT (account_id, limit_code, day) DO UPDATE SET used = excluded.used
            """)
        .bind("account", account.value())
        .bind("limit", limit.code())
        .bind("day", today())
        .bind("used", used)
        .execute();
  }

  /// What counts now, for every limit; 0 where nothing was reported.
  public Map<PlanLimit, Integer> now(Handle handle, AccountId account) {
    var used = new EnumMap<PlanLimit, Integer>(PlanLimit.class);
    for (var limit : PlanLimit.values()) {
      used.put(limit, 0);
    }
    handle
        .createQuery(
            """
            SELECT DISTINCT ON (limit_code) limit_code, used FROM usage
            WHERE account_id = :account AND day > :oldest AND (day = :today OR limit_code = 'channels')
            ORDER BY limit_code, day DESC
            """)
        .bind("account", account.value())
        .bind("today", today())
        .bind("oldest", today().minusDays(REMEMBERED_DAYS))
        .map((row, _) -> Map.entry(PlanLimit.of(row.getString("limit_code")), row.getInt("used")))
        .forEach(found -> used.put(found.getKey(), found.getValue()));
    return used;
  }

  /// When the daily limits begin anew.
  public Instant nextDay() {
    return today().plusDays(1).atStartOfDay(ZONE).toInstant();
  }

  /// Deletes what counts no more.
  public int forget(Handle handle) {
    return handle
        .createUpdate("DELETE FROM usage WHERE day <= :oldest")
        .bind("oldest", today().minusDays(REMEMBERED_DAYS))
        .execute();
  }

  private LocalDate today() {
    return clock.instant().atZone(ZONE).toLocalDate();
  }
}
