package propusk.domain.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import propusk.domain.outbox.OpenMessage.Content;
import propusk.domain.seal.Sealer;
import propusk.migrations.TestDatabase;

class OutboxTest {
  private static final long BOT = 7_000_000_001L;
  private static final Sealer SEALER = new Sealer(List.of(new byte[32]));

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-20T10:00:00Z"));
  private final Outbox outbox = new Outbox(SEALER, now::get);
  private final OutboxQueue queue = new OutboxQueue(SEALER, now::get);
  private final BlockedChats blocked = new BlockedChats(now::get);
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
  void eachChatOffersItsFirstMessageOnlyAndRepliesOvertakeBulk() {
    send(10, Priority.BULK, "bulk 1");
    send(10, Priority.BULK, "bulk 2");
    send(20, Priority.NOTICE, "notice");
    send(10, Priority.REPLY, "reply");
    assertEquals(List.of("reply", "notice"), texts(due()));
    sendAll(due());
    assertEquals(List.of("bulk 1"), texts(due()));
    sendAll(due());
    assertEquals(List.of("bulk 2"), texts(due()));
  }

  @Test
  void aBusyChatIsLeftOut() {
    send(10, Priority.REPLY, "a");
    send(20, Priority.REPLY, "b");
    assertEquals(List.of("b"), texts(due(10L)));
  }

  @Test
  void aMessageIsOfferedAgainUntilItIsKnownToHaveBeenSent() {
    send(10, Priority.REPLY, "once");
    assertEquals(List.of("once"), texts(due()));
    assertEquals(List.of("once"), texts(due()), "a crash before the mark repeats the message");
    sendAll(due());
    assertTrue(due().isEmpty());
  }

  @Test
  void aMessageForALaterTimeWaitsForItAndHoldsNobodyUp() {
    var later = now.get().plus(Duration.ofMinutes(10));
    jdbi.useTransaction(handle -> outbox.loginMayGoOn(handle, BOT, 10, "login", later));
    send(10, Priority.BULK, "bulk");
    assertEquals(List.of("bulk"), texts(due()));
    sendAll(due());
    assertTrue(due().isEmpty());
    now.set(later);
    assertEquals(
        List.of(new Content.LoginMayGoOn("login")),
        due().stream().map(OpenMessage::content).toList());
  }

  @Test
  void thePayloadIsBlankedOnceSentAndKeptWhenDead() {
    send(10, Priority.REPLY, "sent");
    send(20, Priority.REPLY, "dead");
    var messages = due();
    jdbi.useTransaction(handle -> queue.sent(handle, messages.get(0)));
    jdbi.useTransaction(handle -> queue.dead(handle, messages.get(1), "400"));
    assertEquals(List.of("sent:false:", "dead:true:400"), rows());
  }

  @Test
  void theEndOfALoginHasNoPayloadAndNeedsNoKey() {
    jdbi.useTransaction(h -> outbox.loginEnded(h, BOT, 10, "AAAAAAAAAAAAAAAAAAAAAA"));
    assertEquals(
        List.of(new Content.LoginEnded("AAAAAAAAAAAAAAAAAAAAAA")),
        due().stream().map(OpenMessage::content).toList());
  }

  @Test
  void aPauseHoldsTheChatUntilItIsOverAndCountsNoTry() {
    send(10, Priority.REPLY, "first");
    send(10, Priority.REPLY, "second");
    jdbi.useTransaction(h -> queue.pause(h, due().getFirst(), now.get().plusSeconds(30)));
    assertTrue(due().isEmpty());
    now.updateAndGet(at -> at.plusSeconds(30));
    assertEquals(List.of("first"), texts(due()));
    assertEquals(0, due().getFirst().attempts());
  }

  @Test
  void aFailingMessageWaitsLongerEachTimeAndIsDeadInTheEnd() {
    send(10, Priority.REPLY, "unlucky");
    send(10, Priority.REPLY, "next");
    for (int attempt = 1; attempt <= OutboxQueue.ATTEMPTS; attempt++) {
      var message = due().getFirst();
      assertEquals(attempt - 1, message.attempts());
      jdbi.useTransaction(handle -> queue.failed(handle, message, "500"));
      if (attempt < OutboxQueue.ATTEMPTS) {
        assertTrue(due().isEmpty(), "it waits after try " + attempt);
        now.updateAndGet(at -> at.plus(Duration.ofMinutes(5)));
      }
    }
    assertEquals(List.of("next"), texts(due()));
  }

  @Test
  void aBlockedChatsQueueEndsAndTheBlockIsRememberedUntilThePersonWrites() {
    send(10, Priority.REPLY, "a");
    send(10, Priority.BULK, "b");
    send(20, Priority.REPLY, "c");
    jdbi.useTransaction(handle -> blocked.blocked(handle, BOT, 10));
    assertEquals(List.of("c"), texts(due()));
    send(10, Priority.REPLY, "while blocked");
    jdbi.useTransaction(handle -> outbox.loginEnded(handle, BOT, 10, "AAAAAAAAAAAAAAAAAAAAAA"));
    assertEquals(List.of("c"), texts(due()));
    jdbi.useTransaction(handle -> blocked.unblocked(handle, BOT, 10));
    send(10, Priority.REPLY, "back");
    assertEquals(List.of("c", "back"), texts(due()));
  }

  @Test
  void aRequestMovedToAnotherRowDoesNotOpen() {
    send(10, Priority.REPLY, "mine");
    send(20, Priority.REPLY, "yours");
    jdbi.useHandle(handle ->
        handle.execute(
            "UPDATE outbox SET payload = (SELECT payload FROM outbox WHERE chat_id = 10) WHERE"
                + " chat_id = 20"));
    assertEquals(new Content.Unreadable(), due().get(1).content());
  }

  @Test
  void sentMessagesAreForgottenAfterAWhile() {
    send(10, Priority.REPLY, "sent");
    send(20, Priority.REPLY, "open");
    jdbi.useTransaction(handle -> queue.sent(handle, due().getFirst()));
    assertEquals(
        1,
        jdbi.<Integer, RuntimeException>inTransaction(
            h -> queue.forget(h, now.get().plusSeconds(1))));
    assertFalse(due().isEmpty());
  }

  private void send(long chat, Priority priority, String request) {
    jdbi.useTransaction(h -> outbox.send(h, new OutboxMessage(BOT, chat, priority, request)));
  }

  private List<OpenMessage> due(Long... busy) {
    return jdbi.inTransaction(handle -> queue.due(handle, BOT, List.of(busy), Priority.BULK, 50));
  }

  private void sendAll(List<OpenMessage> messages) {
    jdbi.useTransaction(handle -> messages.forEach(message -> queue.sent(handle, message)));
  }

  private static List<String> texts(List<OpenMessage> messages) {
    return messages.stream()
        .map(message -> message.content() instanceof Content.Request(var request) ? request : "?")
        .toList();
  }

  private List<String> rows() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT state || ':' || (payload IS NOT NULL) || ':' || coalesce(error, '') FROM"
                    + " outbox ORDER BY id")
            .mapTo(String.class)
            .list());
  }
}
