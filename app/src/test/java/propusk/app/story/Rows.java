package propusk.app.story;

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
                "SELECT state, count(*) FROM telegram_session WHERE telegram_id = :id GROUP BY state")
            .bind("id", person.id())
            .map((row, _) -> states.put(row.getString(1), row.getLong(2)))
            .list());
    return states;
  }
}
