package propusk.mtproto.client;

import java.time.Duration;

/// Decides when the memory of closed clients goes back to the system, which closing alone does not
/// do: in a quiet second, and also in the middle of work once half of many clients are gone, at
/// most once a minute then. Safe for use by many threads.
final class FreedMemory {
  private static final int MANY = 50;
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final Runnable release;
  private boolean closedSince;
  private int peak;
  private Deadline pause = Deadline.after(Duration.ZERO);

  FreedMemory(Runnable release) {
    this.release = release;
  }

  synchronized void opened(int open) {
    peak = Math.max(peak, open);
  }

  synchronized void closed(int open) {
    closedSince = true;
    if (peak - open >= MANY && open <= peak / 2 && pause.passed()) {
      pause = Deadline.after(PAUSE);
      release(open);
    }
  }

  /// Nothing came for a second.
  synchronized void rest() {
    if (closedSince) release(0);
  }

  private void release(int open) {
    closedSince = false;
    peak = open;
    release.run();
  }
}
