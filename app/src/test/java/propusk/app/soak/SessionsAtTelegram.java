package propusk.app.soak;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import propusk.sandbox.person.SandboxClient;

/// I4, and that no session is left at Telegram which we do not know, nor one in our rows which
/// Telegram does not know.
record SessionsAtTelegram(SandboxClient telegram, Set<Long> people) {

  List<Violation> check(Handle handle) {
    var found = new ArrayList<Violation>();
    var there = new HashMap<Long, Long>();
    telegram
        .get("/sandbox/sessions")
        .valueStream()
        .forEach(session -> {
          there.merge(session.path("person_id").asLong(), 1L, Long::sum);
          if (session.path("connected_clients").asInt() > 1) {
            found.add(
                new Violation("I4", "two clients live on session " + session.path("session")));
          }
        });
    telegram
        .get("/sandbox/calls")
        .valueStream()
        .filter(call -> call.path("error").asString("").contains("AUTH_KEY_DUPLICATED"))
        .forEach(call -> found.add(new Violation("I4", "Telegram saw a key twice: " + call)));
    var here = held(handle);
    for (long person : people) {
      long known = here.getOrDefault(person, 0L);
      long living = there.getOrDefault(person, 0L);
      if (known != living) {
        found.add(
            new Violation(
                "I4",
                "Telegram knows %d sessions of person %d, our rows %d"
                    .formatted(living, person, known)));
      }
    }
    return found;
  }

  /// How many sessions of each person our rows say are alive at Telegram.
  private static Map<Long, Long> held(Handle handle) {
    var held = new HashMap<Long, Long>();
    handle
        .createQuery(
            """
            SELECT telegram_id, count(*) FROM telegram_session
            WHERE state IN ('live', 'log_out_pending', 'duplicated', 'damaged') GROUP BY telegram_id
            """)
        .map((row, _) -> held.put(row.getLong(1), row.getLong(2)))
        .list();
    return held;
  }
}
