package propusk.sandbox.botapi;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Tells the page what changed, as hints: who hears one reads again what it is about.
///
/// The latest hints are kept, numbered, so that nothing is lost between two questions.
public final class ChangeFeed implements AutoCloseable {
  private static final int KEPT = 1_000;

  /// A hint.
  ///
  /// @param topic `chat`, `answer`, `settings`, `people`, `sessions`, `codes`, `login_codes`,
  ///   `clock`, `faults`, `invites`, `reset`
  /// @param text what a bot answered to a pressed button
  public record Change(
      long number,
      String topic,
      @Nullable Long person,
      @Nullable Long bot,
      @Nullable String text,
      @Nullable Boolean alert) {}

  /// What came after a number; `last` is what to ask with next time.
  ///
  /// @param lost hints were forgotten meanwhile: everything may have changed
  public record Hearing(long last, boolean lost, List<Change> changes) {}

  private final Deque<Change> changes = new ArrayDeque<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private long last;
  private boolean closed;

  /// Calls `listener` after each change, on the thread that made it; it must not block.
  public Runnable listen(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /// What came after `number`, waiting a while for something to come.
  ///
  /// @param number of the last hint heard; a negative one only asks where the feed is now
  public Hearing after(long number, Duration patience) throws InterruptedException {
    lock.lock();
    try {
      if (number < 0 || number > last) {
        return new Hearing(last, number > last, List.of());
      }
      var left = patience.toNanos();
      while (last == number && left > 0 && !closed) {
        left = more.awaitNanos(left);
      }
      var fresh = changes.stream().filter(change -> change.number() > number).toList();
      return new Hearing(last, fresh.size() < last - number, fresh);
    } finally {
      lock.unlock();
    }
  }

  public void changed(String topic) {
    publish(topic, null, null, null, null);
  }

  public void chatChanged(long botId, long personId) {
    publish("chat", personId, botId, null, null);
  }

  void answered(long botId, long personId, String text, boolean alert) {
    publish("answer", personId, botId, text, alert);
  }

  private void publish(
      String topic,
      @Nullable Long person,
      @Nullable Long bot,
      @Nullable String text,
      @Nullable Boolean alert) {
    lock.lock();
    try {
      if (changes.size() == KEPT) {
        changes.removeFirst();
      }
      changes.addLast(new Change(++last, topic, person, bot, text, alert));
      more.signalAll();
    } finally {
      lock.unlock();
    }
    listeners.forEach(Runnable::run);
  }

  /// Lets everybody go who still waits.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
