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

/// Counts how many logins came how far, and why the others ended. People who deleted their data are
/// not counted any more.
public final class Funnels {

  private record Key(LocalDate day, String way) {}

  /// By day and way, the latest day first.
  public List<FunnelDay> logins(Handle handle, Instant since) {
    var ends = loginEnds(handle, since);
    return handle
        .createQuery(
            """
            SELECT (created_at AT TIME ZONE 'UTC')::date AS day, purpose AS way, count(*) AS started,
              count(opened_at) AS opened, count(scanned_at) AS scanned,
              count(*) FILTER (WHERE phase = 'completed') AS finished,
              count(*) FILTER (WHERE ended_at IS NULL) AS under_way
            FROM login WHERE created_at >= :since GROUP BY 1, 2 ORDER BY 1 DESC, 2
            """)
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

  private static Map<Key, SortedMap<String, Integer>> loginEnds(Handle handle, Instant since) {
    var ends = new HashMap<Key, SortedMap<String, Integer>>();
    handle
        .createQuery(
            """
            SELECT (created_at AT TIME ZONE 'UTC')::date AS day, purpose AS way,
              coalesce(end_code, phase) AS why, count(*) AS ended
            FROM login WHERE created_at >= :since AND phase IN ('cancelled', 'expired', 'failed')
            GROUP BY 1, 2, 3
            """)
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
