package propusk.app.soak;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.generic.GenericType;

/// What the database saw of a flood, noted by triggers of its own beside the program: which
/// transaction ended which update, and which caused which message.
final class FloodLedger {
  private final Jdbi rows;

  FloodLedger(Jdbi rows) {
    this.rows = rows;
  }

  /// Before the first update.
  void open() throws SQLException {
    rows.useHandle(handle -> {
      try (var statement = handle.getConnection().createStatement()) {
        statement.execute(
            """
            CREATE TABLE flood_done (number bigserial, transaction xid8, update_id bigint, chat_id bigint);
            CREATE TABLE flood_effect (number bigserial, transaction xid8, outbox_id bigint, chat_id bigint);
            CREATE FUNCTION flood_done() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              INSERT INTO flood_done (transaction, update_id, chat_id)
              VALUES (pg_current_xact_id(), NEW.update_id, NEW.chat_id);
              RETURN NULL; END $$;
            CREATE FUNCTION flood_effect() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              INSERT INTO flood_effect (transaction, outbox_id, chat_id)
              VALUES (pg_current_xact_id(), NEW.id, NEW.chat_id);
              RETURN NULL; END $$;
            CREATE TRIGGER flood_done AFTER UPDATE ON inbox FOR EACH ROW
              WHEN (OLD.state = 'open' AND NEW.state <> 'open') EXECUTE FUNCTION flood_done();
            CREATE TRIGGER flood_effect AFTER INSERT ON outbox FOR EACH ROW
              EXECUTE FUNCTION flood_effect();
            """);
      }
    });
  }

  /// How many updates have ended so far.
  long done() {
    return count("SELECT count(*) FROM flood_done");
  }

  /// How many messages were written.
  long effects() {
    return count("SELECT count(*) FROM flood_effect");
  }

  /// How many of them were sent so far.
  long sent() {
    return count("SELECT count(*) FROM outbox WHERE state = 'sent'");
  }

  /// Whether an update came and has not ended.
  boolean anyOpen() {
    return rows.withHandle(handle ->
        handle
            .createQuery("SELECT EXISTS (SELECT 1 FROM inbox WHERE state = 'open')")
            .mapTo(Boolean.class)
            .one());
  }

  /// @param said how many messages each chat's person wrote, each of which has one answer
  List<Violation> check(Map<Long, Integer> said) {
    var found = new ArrayList<Violation>();
    rows.useHandle(handle -> {
      var ended = perChat(handle, "flood_done", "DISTINCT update_id");
      said.forEach((chat, count) -> {
        long here = ended.getOrDefault(chat, 0L);
        if (here != count) {
          found.add(
              new Violation("lost", "chat %d: %d of %d updates".formatted(chat, here, count)));
        }
      });
      found.addAll(
          find(
              handle,
              "doubled",
              """
              SELECT 'update ' || update_id || ' ended ' || count(*) || ' times' FROM flood_done
              GROUP BY update_id HAVING count(*) > 1
              """));
      found.addAll(
          find(
              handle,
              "effect",
              """
              SELECT 'update ' || d.update_id || ' caused ' || count(e.outbox_id) || ' messages'
              FROM flood_done d LEFT JOIN flood_effect e USING (transaction, chat_id)
              GROUP BY d.update_id HAVING count(e.outbox_id) <> 1
              """));
      found.addAll(
          find(
              handle,
              "effect",
              """
              SELECT 'message ' || e.outbox_id || ' has no update' FROM flood_effect e
              WHERE NOT EXISTS (
                SELECT 1 FROM flood_done d
                WHERE d.transaction = e.transaction AND d.chat_id = e.chat_id)
              """));
      found.addAll(
          find(
              handle,
              "order",
              """
              SELECT 'chat ' || chat_id || ': update ' || update_id || ' after ' || before FROM (
                SELECT d.chat_id, d.update_id,
                  max(d.update_id) OVER (PARTITION BY d.chat_id ORDER BY e.outbox_id
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
                FROM flood_done d JOIN flood_effect e USING (transaction, chat_id)) each
              WHERE before > update_id
              """));
      found.addAll(
          find(
              handle,
              "dead",
              "SELECT 'update ' || update_id || ' is ' || state FROM inbox WHERE state <> 'done'"));
    });
    return found;
  }

  private long count(String sql) {
    return rows.withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  private static Map<Long, Long> perChat(Handle handle, String table, String what) {
    return handle
        .createQuery(
            "SELECT chat_id, count(%s) AS found FROM %s GROUP BY chat_id".formatted(what, table))
        .setMapKeyColumn("chat_id")
        .setMapValueColumn("found")
        .collectInto(new GenericType<Map<Long, Long>>() {});
  }

  private static List<Violation> find(Handle handle, String kind, String sql) {
    return handle
        .createQuery(sql)
        .mapTo(String.class)
        .map(what -> new Violation(kind, what))
        .list();
  }
}
