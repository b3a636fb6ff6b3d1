package propusk.domain.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import propusk.domain.seal.Sealer;
import propusk.migrations.TestDatabase;

class InboxTest {
  private static final long BOT = 7_000_000_001L;
  private static final Sealer SEALER = new Sealer(List.of(new byte[32]));

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-20T10:00:00Z"));
  private final Inbox inbox = new Inbox(SEALER, now::get);
  private TestDatabase database;
  private Jdbi jdbi;

  @BeforeEach
  void open() {
    database = TestDatabase.create();
    jdbi = Jdbi.create(database.dataSource());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void anUpdateDeliveredTwiceIsStoredOnceEvenAfterItWasHandled() {
    assertEquals(1, store(update(1, 10)));
    assertEquals(0, store(update(1, 10)));
    assertEquals(1L, handleNext().orElseThrow().updateId());
    assertEquals(0, store(update(1, 10)));
    assertTrue(handleNext().isEmpty());
  }

  @Test
  void thePayloadIsSealedInItsRowAndBlankedOnceDone() {
    store(update(1, 10));
    var sealed = new String(payload(1), java.nio.charset.StandardCharsets.ISO_8859_1);
    assertFalse(sealed.contains("canary"), "the row must not show the update");
    assertEquals(Optional.of("{\"canary\":1}"), handleNext().orElseThrow().json());
    assertNull(payload(1));
  }

  @Test
  void aRolledBackEffectLeavesTheUpdateOpen() {
    store(update(1, 10));
    assertThrows(
        IllegalStateException.class,
        () ->
            jdbi.useTransaction(handle -> {
              inbox.done(handle, BOT, inbox.take(handle, BOT, 1));
              throw new IllegalStateException("the process dies here");
            }));
    assertEquals(1L, handleNext().orElseThrow().updateId());
  }

  @Test
  void aFailedUpdateWaitsItsChatWithItAndOtherChatsGoOn() {
    store(update(1, 10), update(2, 10), update(3, 20));
    assertFalse(failNext());
    assertEquals(3L, handleNext().orElseThrow().updateId());
    assertTrue(handleNext().isEmpty(), "the chat's second update must not overtake");
    now.updateAndGet(at -> at.plusSeconds(1));
    assertEquals(1L, handleNext().orElseThrow().updateId());
    assertEquals(2L, handleNext().orElseThrow().updateId());
  }

  @Test
  void afterTheLastTryAnUpdateIsDeadKeepsItsPayloadAndItsChatGoesOn() {
    store(update(1, 10), update(2, 10));
    for (int attempt = 1; attempt <= Inbox.ATTEMPTS; attempt++) {
      assertEquals(attempt == Inbox.ATTEMPTS, failNext());
      now.updateAndGet(at -> at.plus(Duration.ofHours(1)));
    }
    assertEquals(2L, handleNext().orElseThrow().updateId());
    assertTrue(payload(1).length > 0);
    assertEquals("IllegalStateException", column(1, "error"));
    assertEquals("dead", column(1, "state"));
  }

  @Test
  void anUpdateSealedWithAnotherKeyIsHandedOutWithoutItsText() {
    store(update(1, 10));
    var other =
        new Inbox(
            new Sealer(
                List.of(
                    new byte[] {
                      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22,
                      23, 24, 25, 26, 27, 28, 29, 30, 31, 32
                    })),
            now::get);
    jdbi.useTransaction(handle -> {
      var update = other.take(handle, BOT, 1).getFirst();
      assertTrue(update.json().isEmpty());
      other.unreadable(handle, update);
    });
    assertEquals("dead", column(1, "state"));
  }

  @Test
  void parallelWorkersKeepTheOrderOfEachChatAndHandleEachUpdateOnce() throws Exception {
    int chats = 8;
    int each = 25;
    store(
        LongStream.range(0, (long) chats * each)
            .mapToObj(n -> update(n + 1, n % chats))
            .toArray(ReceivedUpdate[]::new));
    Map<Long, List<Long>> handled = new ConcurrentHashMap<>();
    try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<?>>();
      for (int worker = 0; worker < 6; worker++) {
        running.add(workers.submit(() -> handleUntilEmpty(handled)));
      }
      for (var worker : running) {
        worker.get();
      }
    }
    assertEquals(chats, handled.size());
    handled.forEach((chat, updates) ->
        assertEquals(
            LongStream.range(0, each).mapToObj(n -> n * chats + chat + 1).toList(), updates));
  }

  @Test
  void whileOneWorkerHoldsAChatAnotherTakesTheNextChat() throws Exception {
    store(update(1, 10), update(2, 10), update(3, 20));
    var taken = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
      var first =
          workers.submit(() ->
              jdbi.inTransaction(handle -> {
                var taking = inbox.take(handle, BOT, 1);
                taken.countDown();
                assertTrue(release.await(10, TimeUnit.SECONDS));
                inbox.done(handle, BOT, taking);
                return taking.getFirst().updateId();
              }));
      assertTrue(taken.await(10, TimeUnit.SECONDS));
      assertEquals(3L, handleNext().orElseThrow().updateId());
      assertTrue(handleNext().isEmpty());
      release.countDown();
      assertEquals(1L, first.get());
    }
    assertEquals(2L, handleNext().orElseThrow().updateId());
  }

  @Test
  void aBatchHasTheOldestUpdateOfEachChatAndNoneThatFailedBefore() {
    store(update(1, 10), update(2, 10), update(3, 20), update(4, 30), update(5, 40));
    failNext();
    now.updateAndGet(at -> at.plusSeconds(1));
    assertEquals(List.of(3L, 4L), taken(2));
    assertEquals(List.of(3L, 4L, 5L), taken(9));
    assertEquals(1L, handleNext().orElseThrow().updateId());
    assertEquals(List.of(3L, 4L, 5L, 2L), taken(9));
  }

  @Test
  void anUpdateThatSomebodyElseHandledMeanwhileIsNotTakenAgain() {
    store(update(1, 10), update(2, 20));
    var rolledBack = jdbi.inTransaction(handle -> inbox.take(handle, BOT, 2));
    handleNext();
    assertEquals(List.of(), again(rolledBack.getFirst()));
    assertEquals(List.of(rolledBack.getLast()), again(rolledBack.getLast()));
    jdbi.useTransaction(handle -> inbox.failed(handle, rolledBack.getLast(), "Error"));
    assertEquals(List.of(), again(rolledBack.getLast()), "its next try is not due");
  }

  /// What PostgreSQL itself counts: rows that were fetched.
  @Test
  void nobodyLooksPastTheUpdatesOfChatsThatWaitForAnotherTry() {
    var backlog = LongStream.range(0, 4_000).mapToObj(n -> update(n + 1, n / 1_000)).toList();
    jdbi.useTransaction(handle -> inbox.store(handle, BOT, backlog));
    for (int n = 0; n < 3; n++) {
      failNext();
    }
    jdbi.useTransaction(handle -> {
      assertEquals(3_001L, inbox.take(handle, BOT, 1).getFirst().updateId());
      long fetched =
          handle
              .createQuery(
                  "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = 'inbox'")
              .mapTo(Long.class)
              .one();
      assertTrue(fetched < 100, fetched + " rows were fetched");
    });
  }

  @Test
  void handledUpdatesAreForgottenAfterAWhileAndOpenOnesNever() {
    store(update(1, 10), update(2, 20));
    handleNext();
    var later = now.get().plus(Duration.ofDays(3));
    assertEquals(1, jdbi.<Integer, RuntimeException>inTransaction(h -> inbox.forget(h, later)));
    assertEquals(1, openUpdates());
  }

  private int store(ReceivedUpdate... updates) {
    return jdbi.inTransaction(handle -> inbox.store(handle, BOT, List.of(updates)));
  }

  private Optional<OpenUpdate> handleNext() {
    return jdbi.inTransaction(handle -> {
      var update = next(handle);
      inbox.done(handle, BOT, update);
      return update.stream().findFirst();
    });
  }

  private void handleUntilEmpty(Map<Long, List<Long>> handled) {
    while (openUpdates() > 0) {
      jdbi.useTransaction(handle -> {
        var batch = inbox.take(handle, BOT, 3);
        batch.forEach(update ->
            handled
                .computeIfAbsent(update.chatId(), _ -> new ArrayList<>())
                .add(update.updateId()));
        inbox.done(handle, BOT, batch);
      });
    }
  }

  /// Those that failed before come first here.
  private List<OpenUpdate> next(Handle handle) {
    var failed = inbox.takeFailed(handle, BOT);
    return failed.isEmpty() ? inbox.take(handle, BOT, 1) : failed;
  }

  private boolean failNext() {
    var update = jdbi.inTransaction(this::next).getFirst();
    return jdbi.inTransaction(handle -> inbox.failed(handle, update, "IllegalStateException"));
  }

  private List<Long> taken(int most) {
    return jdbi.inTransaction(handle -> inbox.take(handle, BOT, most)).stream()
        .map(OpenUpdate::updateId)
        .toList();
  }

  private List<OpenUpdate> again(OpenUpdate update) {
    return jdbi.inTransaction(handle -> inbox.takeAgain(handle, update));
  }

  private long openUpdates() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT count(*) FROM inbox WHERE state = 'open'")
            .mapTo(Long.class)
            .one());
  }

  private byte[] payload(long updateId) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT payload FROM inbox WHERE update_id = :id")
            .bind("id", updateId)
            .map((row, _) -> row.getBytes(1))
            .one());
  }

  private String column(long updateId, String name) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT " + name + " FROM inbox WHERE update_id = :id")
            .bind("id", updateId)
            .mapTo(String.class)
            .one());
  }

  private static ReceivedUpdate update(long id, long chat) {
    return new ReceivedUpdate(id, chat, "{\"canary\":" + id + "}");
  }
}
