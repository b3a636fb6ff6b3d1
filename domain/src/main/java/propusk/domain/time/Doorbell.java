package propusk.domain.time;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Wakes one waiting thread. Rings before anybody waits are kept as one. Whoever finds work rings
/// again, so that the next sleeper looks too. Safe for use by many threads.
public final class Doorbell {
  private final Semaphore rung = new Semaphore(0);

  public void ring() {
    if (rung.availablePermits() == 0) {
      rung.release();
    }
  }

  /// Waits for a ring, for `most` at the longest; an interrupted thread returns at once and stays
  /// interrupted.
  public void await(Duration most) {
    try {
      if (rung.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS)) {
        rung.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
