package propusk.domain.funnel;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import propusk.domain.time.Times;

/// Counts how many logins and sign-ins came how far, and why the others ended. People who deleted
/// their data are not counted any more.
public final class Funnels {

  private record Key(LocalDate day, String way) {}

  private static final String LOGINS =
      """
      SELECT (created_at AT TIME ZONE 'UTC')::date AS day, purpose AS way, count(*) AS started,
        count(opened_at) AS opened, count(scanned_at) AS scanned,
        count(*) FILTER (WHERE phase = 'completed') AS finished,
        count(*) FILTER (WHERE ended_at IS NULL) AS under_way
      FROM login WHERE created_at >= :since GROUP BY 1, 2 ORDER BY 1 DESC, 2
      """;

  private static final String LOGIN_ENDS =
      """
      SELECT (created_at AT TIME ZONE 'UTC')::date AS day, purpose AS way,
        coalesce(end_code, phase) AS why, count(*) AS ended
      FROM login WHERE created_at >= :since AND phase IN ('cancelled', 'expired', 'failed')
      GROUP BY 1, 2, 3
      """;

  private static final String SIGN_INS =
      """
      SELECT (created_at AT TIME ZONE 'UTC')::date AS day, 'sign_in_' || kind AS way, count(*) AS started,
        count(*) FILTER (WHERE opened_at IS NOT NULL OR told_at IS NOT NULL) AS opened,
        count(*) FILTER (WHERE phase IN ('approved', 'exchanged')
          OR phase = 'expired' AND decided_at IS NOT NULL) AS scanned,
        count(*) FILTER (WHERE phase = 'exchanged') AS finished,
        count(*) FILTER (WHERE ended_at IS NULL) AS under_way
      FROM sign_in WHERE created_at >= :since GROUP BY 1, 2 ORDER BY 1 DESC, 2
      """;

  private static final String SIGN_IN_ENDS =
      """
      SELECT (created_at AT TIME ZONE 'UTC')::date AS day, 'sign_in_' || kind AS way,
        CASE WHEN phase <> 'expired' THEN phase
          WHEN decided_at IS NOT NULL THEN 'not_collected'
          WHEN opened_at IS NOT NULL OR account_id IS NOT NULL THEN 'no_answer'
          ELSE 'never_opened' END AS why,
        count(*) AS ended
      FROM sign_in WHERE created_at >= :since AND phase IN ('denied', 'mismatched', 'expired', 'replaced')
      GROUP BY 1, 2, 3
      """;

  /// Connections of Telegram accounts by day and way, the latest day first.
  public List<FunnelDay> logins(Handle handle, Instant since) {
    return days(handle, since, LOGINS, LOGIN_ENDS);
  }

  /// Entries of browsers by a person's yes, by day and way, the latest day first.
  public List<FunnelDay> signIns(Handle handle, Instant since) {
    return days(handle, since, SIGN_INS, SIGN_IN_ENDS);
  }

  private static List<FunnelDay> days(
      Handle handle, Instant since, String counts, String whyEnded) {
    var ends = ends(handle, since, whyEnded);
    return handle
        .createQuery(counts)
        .bind("since", Times.column(since))
        .map((row, _) -> {
          var key = new Key(row.getObject("day", LocalDate.class), row.getString("way"));
          return new FunnelDay(
              key.day(),
              key.way(),
              row.getInt("started"),
              row.getInt("opened"),
              row.getInt("scanned"),
              row.getInt("finished"),
              row.getInt("under_way"),
              ends.getOrDefault(key, new TreeMap<>()));
        })
        .list();
  }

  private static Map<Key, SortedMap<String, Integer>> ends(
      Handle handle, Instant since, String sql) {
    var ends = new HashMap<Key, SortedMap<String, Integer>>();
    handle
        .createQuery(sql)
        .bind("since", Times.column(since))
        .map((row, _) ->
            ends.computeIfAbsent(
                    new Key(row.getObject("day", LocalDate.class), row.getString("way")),
                    _ -> new TreeMap<>())
                .put(row.getString("why"), row.getInt("ended")))
        .list();
    return ends;
  }
}
