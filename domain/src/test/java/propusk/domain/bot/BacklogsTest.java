package propusk.domain.bot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import propusk.domain.DomainWorld;
import propusk.domain.inbox.Inbox;
import propusk.domain.inbox.ReceivedUpdate;
import propusk.domain.outbox.OutboxMessage;
import propusk.domain.outbox.OutboxQueue;
import propusk.domain.outbox.Priority;

class BacklogsTest {
  private static final long BOT = DomainWorld.BOT;

  @Test
  void whatWaitsIsCountedWithItsAgeAndWhatIsPlannedForLaterIsNotLate() {
    try (var world = new DomainWorld()) {
      var backlogs = new Backlogs(world.clock);
      var inbox = new Inbox(world.sealer, world.clock);
      var queue = new OutboxQueue(world.sealer, world.clock);
      var start = world.clock.instant();
      world.in(handle -> inbox.store(handle, BOT, List.of(update(1), update(2), update(3))));
      world.jdbi.useTransaction(handle -> {
        var taken = inbox.take(handle, BOT, 2);
        inbox.unreadable(handle, taken.getFirst());
        inbox.failed(handle, taken.getLast(), "Error");
        world.outbox.send(handle, message(10));
        world.outbox.send(handle, message(20));
        world.outbox.loginMayGoOn(handle, BOT, 30, "login", start.plusSeconds(600));
        var first = queue.due(handle, BOT, List.of(20L), Priority.BULK, 9).getFirst();
        queue.failed(handle, first, "Unavailable");
      });
      world.clock.advance(Duration.ofSeconds(90));

      var updates = world.in(handle -> backlogs.inbox(handle, BOT));
      assertEquals(new Backlog(2, Optional.of(start), 1), updates);
      assertEquals(Duration.ofSeconds(90), updates.age(world.clock.instant()));
      assertEquals(
          new Backlog(2, Optional.of(start), 0), world.in(handle -> backlogs.outbox(handle, BOT)));

      world.clock.advance(Duration.ofMinutes(10));
      var messages = world.in(handle -> backlogs.outbox(handle, BOT));
      assertEquals(3, messages.open());
      assertEquals(Backlog.NONE, world.in(handle -> backlogs.outbox(handle, BOT + 1)));
      assertEquals(Duration.ZERO, Backlog.NONE.age(start));
    }
  }

  private static ReceivedUpdate update(long id) {
    return new ReceivedUpdate(id, id, "{}");
  }

  private static OutboxMessage message(long chat) {
    return new OutboxMessage(BOT, chat, Priority.REPLY, "{}");
  }
}
