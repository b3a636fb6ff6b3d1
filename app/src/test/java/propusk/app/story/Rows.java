package propusk.app.story;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;
import propusk.sandbox.person.SandboxPerson;

/// The town's database, as a test looks into it or meddles with it.
final class Rows {
  private final Jdbi jdbi;

  Rows(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /// Nobody can redeem or release an invite while this runs: a finalizing transaction has to wait.
  void whileInvitesAreLocked(Runnable work) {
    jdbi.useTransaction(handle -> {
      handle.execute("SELECT * FROM invite FOR UPDATE");
      work.run();
    });
  }

  /// Five minutes pass for one login.
  void timePasses(String loginId) {
    jdbi.useHandle(handle ->
        handle.execute(
            "UPDATE login SET deadline = deadline - interval '5 minutes' WHERE id = ?", loginId));
  }

  /// The days of an invite are over.
  void expire(String invite) {
    jdbi.useHandle(handle ->
        handle.execute(
            "UPDATE invite SET expires_at = now() - interval '1 day' WHERE hint = ?",
            invite.substring(8)));
  }

  /// All limits are open again.
  void forgetLimits() {
    jdbi.useHandle(handle -> handle.execute("DELETE FROM limit_use"));
  }

  /// In how many rows of all tables this text stands in clear.
  long mentions(String text) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND"
                    + " table_type = 'BASE TABLE'")
            .mapTo(String.class)
            .list()
            .stream()
            .mapToLong(table ->
                handle
                    .createQuery("SELECT count(*) FROM " + table + " r WHERE r::text LIKE :text")
                    .bind("text", "%" + text + "%")
                    .mapTo(Long.class)
                    .one())
            .sum());
  }

  void awaitPhase(String loginId, String phase) {
    Await.until(
        phase,
        () ->
            count(
                    "SELECT count(*) FROM login WHERE id = '%s' AND phase = '%s'"
                        .formatted(loginId, phase))
                == 1);
  }

  long count(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  /// Somebody waits for a check of this person's session, as the website will.
  void wantCheck(SandboxPerson person) {
    jdbi.useTransaction(handle -> {
      handle.execute(
          "UPDATE telegram_session SET check_wanted_at = now() WHERE telegram_id = ? AND state ="
              + " 'live'",
          person.id());
      handle.execute("SELECT pg_notify('propusk_session', '')");
    });
  }

  /// Every row of every table that names this person, by their Telegram id or by our account's id.
  Map<String, Long> rowsThatName(SandboxPerson person, long account) {
    var found = new TreeMap<String, Long>();
    jdbi.useHandle(handle -> {
      var columns =
          handle
              .createQuery(
                  """
                  SELECT c.table_name || ' ' || c.column_name FROM information_schema.columns c
                  JOIN information_schema.tables t USING (table_schema, table_name)
                  WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
                    AND c.column_name IN ('account_id', 'telegram_id', 'chat_id', 'user_id', 'person_id')
                  """)
              .mapTo(String.class)
              .list();
      for (var column : columns) {
        var parts = column.split(" ");
        long id = parts[1].equals("account_id") ? account : person.id();
        long rows =
            handle
                .createQuery("SELECT count(*) FROM %s WHERE %s = :id".formatted(parts[0], parts[1]))
                .bind("id", id)
                .mapTo(Long.class)
                .one();
        if (rows > 0) {
          found.put(column, rows);
        }
      }
    });
    return found;
  }

  long accountOf(SandboxPerson person) {
    return count("SELECT id FROM account WHERE telegram_id = " + person.id());
  }

  /// The tables in which a text stands anywhere.
  List<String> tablesWith(String text) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
            .mapTo(String.class)
            .list()
            .stream()
            .filter(table ->
                handle
                    .createQuery(
                        "SELECT EXISTS (SELECT 1 FROM \"%s\" t WHERE t::text LIKE :text)"
                            .formatted(table))
                    .bind("text", "%" + text + "%")
                    .mapTo(Boolean.class)
                    .one())
            .toList());
  }

  /// What an operator's query says of a person.
  Map<String, Object> userRow(SandboxPerson person) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT telegram_id, first_name, is_authenticated, subscription_type
                FROM users WHERE telegram_id = :id
                """)
            .bind("id", person.id())
            .mapToMap()
            .one());
  }

  /// How many saved sessions of a person there are in each state.
  Map<String, Long> sessionStates(SandboxPerson person) {
    var states = new TreeMap<String, Long>();
    jdbi.useHandle(handle ->
        handle
            .createQuery(
                "SELECT state, count(*) FROM telegram_session WHERE telegram_id = :id GROUP BY"
                    + " state")
            .bind("id", person.id())
            .map((row, _) -> states.put(row.getString(1), row.getLong(2)))
            .list());
    return states;
  }
}
