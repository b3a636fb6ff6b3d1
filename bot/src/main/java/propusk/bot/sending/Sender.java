package propusk.bot.sending;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.domain.outbox.OpenMessage;
import propusk.domain.outbox.OutboxQueue;
import propusk.domain.outbox.Priority;
import propusk.domain.time.Doorbell;

/// Sends a bot's open messages: one at a time per chat, so that order holds, many chats side by
/// side, at the [Pace] Telegram allows. Runs on the thread that calls [#run]; each message travels
/// on a virtual thread of its own.
public final class Sender implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);
  private static final int PARALLEL = 32;

  /// Places that only replies take: while Telegram is slow, the bulk holds none of them up.
  private static final int FOR_REPLIES = 8;

  private final long botId;
  private final Jdbi jdbi;
  private final OutboxQueue queue;
  private final Delivery delivery;
  private final InstantSource clock;
  private final Pace pace;
  private final Doorbell bell = new Doorbell();
  private final Set<Long> travelling = ConcurrentHashMap.newKeySet();
  private final Map<Long, Instant> resting = new ConcurrentHashMap<>();
  private final FloodWatch flood = new FloodWatch();

  public Sender(long botId, Jdbi jdbi, OutboxQueue queue, Delivery delivery, InstantSource clock) {
    this.botId = botId;
    this.jdbi = jdbi;
    this.queue = queue;
    this.delivery = delivery;
    this.clock = clock;
    this.pace = new Pace(clock);
  }

  /// New messages may have come.
  public void wake() {
    bell.ring();
  }

  /// Sends until the thread is interrupted, then waits for the messages that travel, 5 s at most.
  @Override
  public void run() {
    while (!Thread.currentThread().isInterrupted()) {
      bell.await(sendDue());
    }
    boolean interrupted = Thread.interrupted();
    for (int waits = 0; waits < 50 && !travelling.isEmpty(); waits++) {
      bell.await(Duration.ofMillis(100));
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Starts what may be sent now.
  ///
  /// @return how long to wait before looking again
  private Duration sendDue() {
    try {
      while (true) {
        var now = clock.instant();
        resting.values().removeIf(until -> !until.isAfter(now));
        var pause = longer(flood.pause(now), pace.botRest());
        int room = PARALLEL - travelling.size();
        if (!pause.isZero() || room <= 0) {
          return room <= 0 ? HEARTBEAT : pause;
        }
        var busy = new HashSet<>(travelling);
        busy.addAll(resting.keySet());
        var least = room > FOR_REPLIES ? Priority.BULK : Priority.REPLY;
        int most = Math.clamp(pace.botRoom(), 1, room > FOR_REPLIES ? room - FOR_REPLIES : room);
        var due = jdbi.inTransaction(handle -> queue.due(handle, botId, busy, least, most));
        if (due.isEmpty()) {
          return untilSomeChatIsRested(now);
        }
        due.forEach(message -> startOrRest(message, now));
      }
    } catch (RuntimeException e) {
      if (Thread.currentThread().isInterrupted()) {
        return Duration.ZERO;
      }
      LOG.warn("event=outbox_unavailable bot={} reason={}", botId, e.getClass().getSimpleName());
      return HEARTBEAT;
    }
  }

  private void startOrRest(OpenMessage message, Instant now) {
    var rest = pace.chatRest(message.chatId());
    if (!rest.isZero()) {
      resting.put(message.chatId(), now.plus(rest));
      return;
    }
    if (!pace.botRest().isZero()) {
      return;
    }
    pace.sending(message.chatId());
    travelling.add(message.chatId());
    Thread.ofVirtual().name("send-" + message.id()).start(() -> travel(message));
  }

  private void travel(OpenMessage message) {
    try {
      switch (delivery.deliver(message)) {
        case Delivery.Outcome.Ended() -> {}
        case Delivery.Outcome.Wait(var until, var everyone) -> {
          resting.put(message.chatId(), until);
          flood.seen(message.chatId(), clock.instant(), until, everyone);
        }
      }
    } finally {
      travelling.remove(message.chatId());
      bell.ring();
    }
  }

  private Duration untilSomeChatIsRested(Instant now) {
    var wait = HEARTBEAT;
    for (var until : resting.values()) {
      var left = Duration.between(now, until);
      if (left.compareTo(wait) < 0) {
        wait = left;
      }
    }
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
