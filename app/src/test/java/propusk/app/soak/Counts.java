package propusk.app.soak;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// I2: what is counted twice or not at all.
final class Counts {
  private Counts() {}

  static List<Violation> check(Handle handle) {
    var found = new ArrayList<Violation>();
    found.addAll(
        find(
            handle,
            """
            SELECT 'invite ' || i.id || ': ' || i.used || ' of ' || i.max_uses || ' used, ' || i.reserved || ' held, '
              || coalesce(r.n, 0) || ' redemptions, ' || coalesce(l.completed, 0) || ' logins completed, '
              || coalesce(l.live, 0) || ' live'
            FROM invite i
            LEFT JOIN (SELECT invite_id, count(*) AS n FROM invite_redemption GROUP BY invite_id) r ON r.invite_id = i.id
            LEFT JOIN (SELECT invite_id, count(*) FILTER (WHERE phase = 'completed') AS completed,
                         count(*) FILTER (WHERE ended_at IS NULL) AS live
                       FROM login GROUP BY invite_id) l ON l.invite_id = i.id
            WHERE i.used > i.max_uses OR i.used <> coalesce(r.n, 0) OR i.used <> coalesce(l.completed, 0)
              OR i.reserved <> coalesce(l.live, 0)
            """));
    found.addAll(
        find(
            handle,
            """
            SELECT 'account ' || a.id || ': ' || coalesce(l.completed, 0) || ' logins completed, '
              || coalesce(s.stored, 0) || ' sessions stored'
            FROM account a
            LEFT JOIN (SELECT account_id, count(*) AS completed FROM login WHERE phase = 'completed' GROUP BY account_id) l
              ON l.account_id = a.id
            LEFT JOIN (SELECT account_id, count(*) AS stored FROM telegram_session GROUP BY account_id) s
              ON s.account_id = a.id
            WHERE coalesce(l.completed, 0) <> coalesce(s.stored, 0)
            """));
    found.addAll(
        find(
            handle,
            """
            SELECT 'account ' || l.account_id || ' completed a first login and has no subscription'
            FROM login l WHERE l.phase = 'completed' AND l.purpose = 'first_login'
              AND NOT EXISTS (SELECT 1 FROM subscription s WHERE s.account_id = l.account_id)
            """));
    return found;
  }

  private static List<Violation> find(Handle handle, String query) {
    return handle
        .createQuery(query)
        .mapTo(String.class)
        .map(what -> new Violation("I2", what))
        .list();
  }
}
