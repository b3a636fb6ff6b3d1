package propusk.miniapp.push;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import propusk.domain.notify.Notifications;

/// Lets a request wait until others have moved a row on. A hint wakes it; hints may be lost, so it
/// also looks by itself every second. Safe for use by many threads.
public final class Waits implements AutoCloseable {
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final LongSupplier nanoTime;
  private final Map<String, Set<Semaphore>> bells = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /// @param nanoTime a monotonic clock in nanoseconds, such as `System::nanoTime`
  public Waits(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /// What was read when `enough` was content with it, or else last.
  public <T> T await(String id, Duration patience, Supplier<T> read, Predicate<T> enough) {
    var bell = new Semaphore(0);
    bells.compute(
        id,
        (_, others) -> {
          var all = others == null ? ConcurrentHashMap.<Semaphore>newKeySet() : others;
          all.add(bell);
          return all;
        });
    long end = nanoTime.getAsLong() + patience.toNanos();
    try {
      while (true) {
        var seen = read.get();
        long left = end - nanoTime.getAsLong();
        if (closed || left <= 0 || enough.test(seen) || !listen(bell, left)) {
          return seen;
        }
      }
    } finally {
      bells.computeIfPresent(
          id,
          (_, all) -> {
            all.remove(bell);
            return all.isEmpty() ? null : all;
          });
    }
  }

  public void hint(String ids) {
    if (ids.equals(Notifications.EVERYTHING)) {
      bells.keySet().forEach(this::ring);
      return;
    }
    for (var id : ids.split("[,\\s]+")) {
      ring(id);
    }
  }

  /// Everybody goes on with what they have.
  @Override
  public void close() {
    closed = true;
    bells.keySet().forEach(this::ring);
  }

  private void ring(String id) {
    bells.getOrDefault(id, Set.of()).forEach(Semaphore::release);
  }

  /// False: the request is to end at once.
  private static boolean listen(Semaphore bell, long left) {
    try {
      if (bell.tryAcquire(Math.min(left, LOOK.toNanos()), TimeUnit.NANOSECONDS)) {
        bell.drainPermits();
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
