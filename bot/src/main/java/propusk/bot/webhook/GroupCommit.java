package propusk.bot.webhook;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.domain.inbox.Inbox;
import propusk.domain.inbox.ReceivedUpdate;

/// Stores the updates of one bot, those that arrive together by one insert and one commit, and
/// tells whoever brought them only after it. A lone update waits for nobody; what arrives while
/// [#LEADERS] commits are under way goes into the next one. Leaders live from the start to
/// [#close], as ciphers and random numbers are dear to begin with. Safe for use by many threads.
final class GroupCommit implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

  /// Rows of one insert.
  private static final int MOST = 256;

  /// So many updates may wait; more are refused at once, and Telegram brings them again.
  private static final int ROOM = 4_096;

  /// So many commits at a time: while one waits for the disk, the next is made ready. More would
  /// make the groups smaller and the work more.
  private static final int LEADERS = 3;

  private static final Duration STOP = Duration.ofSeconds(5);

  private final long botId;
  private final Jdbi jdbi;
  private final Inbox inbox;
  private final Runnable stored;
  private final BlockingQueue<Arrival> queue = new LinkedBlockingQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final List<Thread> leaders = new ArrayList<>();
  private volatile boolean closed;

  /// @param answer true after the commit, false when it could not be stored
  private record Arrival(ReceivedUpdate update, Consumer<Boolean> answer) {}

  /// @param stored called after each commit, before anybody is answered
  GroupCommit(long botId, Jdbi jdbi, Inbox inbox, Runnable stored) {
    this.botId = botId;
    this.jdbi = jdbi;
    this.inbox = inbox;
    this.stored = stored;
    for (int n = 1; n <= LEADERS; n++) {
      leaders.add(Thread.ofVirtual().name("webhook-commit-" + botId + "-" + n).start(this::lead));
    }
  }

  /// Returns at once.
  ///
  /// @param answer called once: true after the commit, false when it could not be stored; must not
  ///   block
  void store(ReceivedUpdate update, Consumer<Boolean> answer) {
    if (closed || waiting.incrementAndGet() > ROOM) {
      waiting.decrementAndGet();
      answer.accept(false);
      return;
    }
    queue.add(new Arrival(update, answer));
  }

  /// How many wait for their commit.
  int waiting() {
    return waiting.get();
  }

  /// Lets what waits be stored.
  @Override
  public void close() {
    closed = true;
    long end = System.nanoTime() + STOP.toNanos();
    while (waiting.get() > 0 && System.nanoTime() < end) {
      LockSupport.parkNanos(1_000_000);
    }
    leaders.forEach(Thread::interrupt);
  }

  /// Commits group after group of those who wait.
  private void lead() {
    var group = new ArrayList<Arrival>();
    try {
      while (true) {
        group.add(queue.take());
        queue.drainTo(group, MOST - 1);
        commit(group);
        group.clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void commit(List<Arrival> group) {
    boolean kept = stored(group.stream().map(Arrival::update).toList());
    waiting.addAndGet(-group.size());
    for (var arrival : group) {
      answer(arrival, kept);
    }
  }

  private boolean stored(List<ReceivedUpdate> updates) {
    try {
      int fresh = jdbi.inTransaction(handle -> inbox.store(handle, botId, updates));
      LOG.debug("event=updates_stored bot={} received={} new={}", botId, updates.size(), fresh);
      stored.run();
      return true;
    } catch (RuntimeException e) {
      LOG.warn(
          "event=updates_not_stored bot={} received={} reason={}",
          botId,
          updates.size(),
          e.getClass().getSimpleName());
      return false;
    }
  }

  /// One answer that cannot be given harms nobody else's.
  private void answer(Arrival arrival, boolean kept) {
    try {
      arrival.answer().accept(kept);
    } catch (RuntimeException e) {
      LOG.debug("event=update_not_answered bot={}", botId, e);
    }
  }
}
