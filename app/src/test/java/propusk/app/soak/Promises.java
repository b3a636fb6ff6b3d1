package propusk.app.soak;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import propusk.domain.seal.Hashes;
import propusk.sandbox.person.SandboxClient;

/// I6: what a person was told, by the page or in the chat, is in the rows afterwards. And who was
/// let in hears of it.
record Promises(Book book, SandboxClient telegram, Set<Long> people, Set<String> logins) {
  private static final String SUCCESS = "Авторизация успешна!";

  List<Violation> check(Handle handle) {
    var phases = phases(handle);
    var found = new ArrayList<Violation>();
    for (var login : logins) {
      if (!phases.containsKey(login)) {
        found.add(new Violation("I6", login + " was promised in the chat, and has no row"));
      }
    }
    book.all(Fact.Opened.class)
        .filter(fact -> logins.contains(fact.login()))
        .filter(fact -> !opened(handle, fact))
        .forEach(fact ->
            found.add(new Violation("I6", fact.login() + " was opened, and no row says so")));
    book.all(Fact.Told.class)
        .filter(fact -> logins.contains(fact.login()))
        .filter(fact -> !fact.status().equals(phases.get(fact.login())))
        .forEach(fact ->
            found.add(
                new Violation(
                    "I6",
                    "%s was told to be %s, and is %s"
                        .formatted(fact.login(), fact.status(), phases.get(fact.login())))));
    var completed = completed(handle);
    for (long person : people) {
      long heard =
          telegram.person(person).messages().stream()
              .filter(message -> message.fromBot() && message.text().contains(SUCCESS))
              .count();
      long done = completed.getOrDefault(person, 0L);
      if (heard > 0 && done == 0) {
        found.add(new Violation("I6", "person " + person + " heard of a success that is none"));
      }
      if (heard < done) {
        found.add(
            new Violation(
                "I5", "person %d heard of %d successes of %d".formatted(person, heard, done)));
      }
    }
    return found;
  }

  private Map<String, String> phases(Handle handle) {
    var phases = new TreeMap<String, String>();
    handle
        .createQuery("SELECT id, phase FROM login WHERE id = ANY(:logins)")
        .bindArray("logins", String.class, List.copyOf(logins))
        .map((row, _) -> phases.put(row.getString(1), row.getString(2)))
        .list();
    return phases;
  }

  private static boolean opened(Handle handle, Fact.Opened fact) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (SELECT 1 FROM login_page g JOIN login l ON l.id = g.login_id
              WHERE g.login_id = :login AND g.bearer_hash = :bearer AND l.phase <> 'requested')
            """)
        .bind("login", fact.login())
        .bind("bearer", Hashes.sha256(fact.bearer()))
        .mapTo(Boolean.class)
        .one();
  }

  private static Map<Long, Long> completed(Handle handle) {
    var completed = new HashMap<Long, Long>();
    handle
        .createQuery(
            """
            SELECT a.telegram_id, count(*) FROM login l JOIN account a ON a.id = l.account_id
            WHERE l.phase = 'completed' GROUP BY 1
            """)
        .map((row, _) -> completed.put(row.getLong(1), row.getLong(2)))
        .list();
    return completed;
  }
}
