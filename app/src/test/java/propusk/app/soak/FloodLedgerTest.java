package propusk.app.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import propusk.migrations.TestDatabase;

/// Each check of the ledger finds what it looks for.
class FloodLedgerTest {
  private TestDatabase database;
  private Jdbi jdbi;
  private FloodLedger ledger;

  @BeforeEach
  void open() throws Exception {
    database = TestDatabase.create();
    jdbi = Jdbi.create(database.dataSource());
    ledger = new FloodLedger(jdbi);
    ledger.open();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aFloodInOrderIsClean() {
    handled(1, 10, 1);
    handled(2, 10, 1);
    handled(3, 20, 1);
    assertEquals(List.of(), found(Map.of(10L, 2, 20L, 1)));
  }

  @Test
  void aLostUpdateIsMissed() {
    handled(1, 10, 1);
    assertEquals(List.of("lost"), found(Map.of(10L, 2)));
    assertEquals(List.of("lost"), found(Map.of(10L, 1, 20L, 1)));
  }

  @Test
  void anEffectTooManyOrTooFewIsSeen() {
    handled(1, 10, 0);
    handled(2, 20, 2);
    assertEquals(List.of("effect", "effect"), found(Map.of(10L, 1, 20L, 1)));
  }

  @Test
  void aMessageOfNoUpdateIsSeen() {
    handled(1, 10, 1);
    jdbi.useTransaction(handle -> handle.execute(message(10)));
    assertEquals(List.of("effect"), found(Map.of(10L, 1)));
  }

  @Test
  void anUpdateDoneTwiceIsSeen() {
    handled(1, 10, 1);
    jdbi.useHandle(handle ->
        handle.execute(
            "UPDATE inbox SET state = 'open', ended_at = NULL, payload = '\\x00' WHERE update_id = 1"));
    jdbi.useTransaction(handle -> {
      handle.execute(message(10));
      handle.execute(done(1));
    });
    assertEquals(List.of("doubled", "effect"), found(Map.of(10L, 1)));
  }

  @Test
  void anUpdateThatOvertookAnotherOfItsChatIsSeen() {
    handled(2, 10, 1);
    handled(3, 20, 1);
    handled(1, 10, 1);
    assertEquals(List.of("order"), found(Map.of(10L, 2, 20L, 1)));
  }

  @Test
  void whatIsNotDoneInTheEndIsSeen() {
    handled(1, 10, 1);
    jdbi.useHandle(handle -> handle.execute(received(2, 10)));
    assertEquals(List.of("lost", "dead"), found(Map.of(10L, 2)));
  }

  private List<String> found(Map<Long, Integer> said) {
    return ledger.check(said).stream().map(Violation::invariant).toList();
  }

  private void handled(long update, long chat, int messages) {
    jdbi.useHandle(handle -> handle.execute(received(update, chat)));
    jdbi.useTransaction(handle -> {
      for (int n = 0; n < messages; n++) {
        handle.execute(message(chat));
      }
      handle.execute(done(update));
    });
  }

  private static String received(long update, long chat) {
    return """
    INSERT INTO inbox (bot_id, update_id, chat_id, payload, due_at, received_at)
    VALUES (1, %d, %d, '\\x00', now(), now())\
    """
        .formatted(update, chat);
  }

  private static String done(long update) {
    return "UPDATE inbox SET state = 'done', payload = NULL, ended_at = now() WHERE update_id = "
        + update;
  }

  private static String message(long chat) {
    return """
    INSERT INTO outbox (bot_id, chat_id, priority, kind, payload, due_at, created_at)
    VALUES (1, %d, 0, 'request', '\\x00', now(), now())\
    """
        .formatted(chat);
  }
}
