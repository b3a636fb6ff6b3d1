package propusk.app.soak;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import propusk.domain.time.Times;

/// I1 and I3: what Telegram let in ends in time, and ends Completed only for the right person.
record Approvals(Book book, Set<String> logins) {

  private record Row(long owner, String phase, Optional<Instant> ended) {}

  List<Violation> check(Handle handle) {
    var rows = rows(handle);
    var found = new ArrayList<Violation>();
    book.all(Fact.Approved.class)
        .filter(fact -> logins.contains(fact.login()))
        .forEach(fact -> {
          var row = rows.get(fact.login());
          if (row != null) inTime(fact, row).ifPresent(found::add);
        });
    var approvedBy =
        book.all(Fact.Approving.class)
            .filter(fact -> logins.contains(fact.login()))
            .collect(
                Collectors.groupingBy(
                    Fact.Approving::login,
                    Collectors.mapping(Fact.Approving::person, Collectors.toSet())));
    rows.forEach((login, row) -> {
      if (row.phase().equals("completed")
          && !approvedBy.getOrDefault(login, Set.of()).contains(row.owner())) {
        found.add(new Violation("I3", login + " is completed, but its owner approved nothing"));
      }
    });
    found.addAll(foreignSessions(handle));
    return found;
  }

  private Optional<Violation> inTime(Fact.Approved fact, Row row) {
    if (row.ended().isEmpty()) {
      return Optional.of(
          new Violation("I1", fact.login() + " was approved and is still " + row.phase()));
    }
    var ended = row.ended().get();
    return ended.isAfter(book.latestEnd(fact.at(), ended))
        ? Optional.of(
            new Violation(
                "I1",
                "%s was approved at %s and ended at %s".formatted(fact.login(), fact.at(), ended)))
        : Optional.empty();
  }

  private Map<String, Row> rows(Handle handle) {
    var rows = new HashMap<String, Row>();
    handle
        .createQuery(
            """
            SELECT l.id, a.telegram_id, l.phase, l.ended_at
            FROM login l JOIN account a ON a.id = l.account_id WHERE l.id = ANY(:logins)
            """)
        .bindArray("logins", String.class, List.copyOf(logins))
        .map((row, _) ->
            rows.put(
                row.getString(1),
                new Row(row.getLong(2), row.getString(3), Times.find(row, "ended_at"))))
        .list();
    return rows;
  }

  private static List<Violation> foreignSessions(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT s.id FROM telegram_session s JOIN account a ON a.id = s.account_id
            WHERE a.telegram_id <> s.telegram_id
            """)
        .mapTo(String.class)
        .map(id -> new Violation("I3", "session " + id + " is another account's"))
        .list();
  }
}
