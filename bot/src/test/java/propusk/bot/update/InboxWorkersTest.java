package propusk.bot.update;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import propusk.bot.BotFixture;
import propusk.domain.inbox.Inbox;
import propusk.domain.inbox.ReceivedUpdate;
import propusk.domain.outbox.Outbox;
import propusk.domain.outbox.OutboxMessage;
import propusk.domain.outbox.Priority;
import propusk.domain.seal.Sealer;
import propusk.migrations.TestDatabase;

/// Batches on a real database, with an effect and an answer for each update.
class InboxWorkersTest {
  private static final long BOT = 7_000_000_001L;
  private static final Sealer SEALER = new Sealer(List.of(new byte[32]));

  private final AtomicReference<Duration> skipped = new AtomicReference<>(Duration.ZERO);
  private final Instant start = Instant.now();
  private final InstantSource now = () -> start.plus(skipped.get());
  private final Inbox inbox = new Inbox(SEALER, Instant::now);
  private final Outbox outbox = new Outbox(SEALER, Instant::now);
  private TestDatabase database;
  private Jdbi jdbi;

  @BeforeEach
  void open() {
    database = TestDatabase.create();
    jdbi = Jdbi.create(database.dataSource());
    jdbi.useHandle(handle -> {
      handle.execute("CREATE TABLE effect (chat bigint, transaction xid8)");
      handle.execute("CREATE TABLE counted (id bigint PRIMARY KEY, used int)");
      handle.execute("INSERT INTO counted VALUES (1, 0), (2, 0)");
    });
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatIsThereTogetherIsCommittedTogetherAndEachChatIsAnsweredOnce() {
    store(LongStream.rangeClosed(1, 20).toArray());
    try (var workers = workers(this::answer)) {
      workers.start();
      awaitEnd();
    }
    assertEquals(20, count("SELECT count(DISTINCT chat) FROM effect"));
    assertEquals(20, count("SELECT count(*) FROM effect"));
    assertEquals(1, count("SELECT count(DISTINCT transaction) FROM effect"));
    assertEquals(20, count("SELECT count(DISTINCT chat_id) FROM outbox"));
    assertEquals(20, count("SELECT count(*) FROM outbox"));
  }

  @Test
  void oneThatFailsHarmsNoneOfItsBatchAndIsTriedAlone() {
    store(LongStream.rangeClosed(1, 20).toArray());
    try (var workers = workers(this::failForChatSeven)) {
      workers.start();
      BotFixture.await(
          "all but one", () -> count("SELECT count(*) FROM inbox WHERE state = 'done'") == 19);
      BotFixture.await("its second try", () -> count("SELECT max(attempts) FROM inbox") >= 2);
    }
    assertEquals(19, count("SELECT count(*) FROM effect"));
    assertEquals(19, count("SELECT count(DISTINCT chat) FROM effect WHERE chat <> 7"));
    assertEquals(0, count("SELECT count(*) FROM outbox WHERE chat_id = 7"));
    assertEquals(1, count("SELECT count(*) FROM inbox WHERE attempts > 0"));
  }

  @Test
  void aSlowBatchEndsWithWhatIsDoneByThen() {
    store(LongStream.rangeClosed(1, 4).toArray());
    InboxWorkers.Handler slow =
        (handle, botId, json) -> {
          skipped.updateAndGet(so -> so.plusSeconds(1));
          return answer(handle, botId, json);
        };
    try (var workers = workers(slow)) {
      workers.start();
      awaitEnd();
    }
    assertEquals(4, count("SELECT count(DISTINCT transaction) FROM effect"));
    assertEquals(4, count("SELECT count(DISTINCT chat) FROM effect"));
    assertEquals(4, count("SELECT count(*) FROM outbox"));
  }

  /// Two processes at one inbox. Each update uses one of two invites; one batch comes to them in
  /// the opposite order of the other, and each waits for what the other holds.
  @Test
  void twoBatchesThatLockEachOtherOutBothComeToTheirEnd() {
    store(LongStream.rangeClosed(1, 64).toArray());
    var bothHoldOne = new CyclicBarrier(2);
    var met = ConcurrentHashMap.<Long>newKeySet();
    InboxWorkers.Handler handler =
        (handle, botId, json) -> {
          long chat = Long.parseLong(json);
          long invite = chat <= 16 || chat > 48 ? 1 : 2;
          handle.execute("UPDATE counted SET used = used + 1 WHERE id = ?", invite);
          if ((chat == 1 || chat == 33) && met.add(chat)) {
            meet(bothHoldOne);
          }
          return answer(handle, botId, json);
        };
    try (var one = new InboxWorkers(BOT, jdbi, inbox, outbox, handler, now, 1);
        var other = new InboxWorkers(BOT, jdbi, inbox, outbox, handler, now, 1)) {
      one.start();
      other.start();
      awaitEnd();
    }
    assertEquals(2, met.size());
    assertEquals(64, count("SELECT count(*) FROM effect"));
    assertEquals(64, count("SELECT count(DISTINCT chat) FROM effect"));
    assertEquals(64, count("SELECT count(*) FROM outbox"));
    assertEquals(2, count("SELECT count(*) FROM counted WHERE used = 32"));
    assertEquals(0, count("SELECT max(attempts) FROM inbox"), "no try was counted");
  }

  private Optional<List<OutboxMessage>> answer(Handle handle, long botId, String json) {
    long chat = Long.parseLong(json);
    handle.execute("INSERT INTO effect VALUES (?, pg_current_xact_id())", chat);
    return Optional.of(List.of(new OutboxMessage(botId, chat, Priority.REPLY, "{}")));
  }

  private Optional<List<OutboxMessage>> failForChatSeven(Handle handle, long botId, String json) {
    var answer = answer(handle, botId, json);
    if (json.equals("7")) {
      throw new IllegalStateException("this one cannot be handled");
    }
    return answer;
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the other batch did not come", e);
    }
  }

  private InboxWorkers workers(InboxWorkers.Handler handler) {
    return new InboxWorkers(BOT, jdbi, inbox, outbox, handler, now, 2);
  }

  private void store(long... chats) {
    var updates = new ArrayList<ReceivedUpdate>();
    for (long chat : chats) {
      updates.add(new ReceivedUpdate(chat, chat, Long.toString(chat)));
    }
    jdbi.useTransaction(handle -> inbox.store(handle, BOT, updates));
  }

  private void awaitEnd() {
    BotFixture.await(
        "the end", () -> count("SELECT count(*) FROM inbox WHERE state <> 'done'") == 0);
  }

  private long count(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }
}
