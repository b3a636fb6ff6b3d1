package propusk.domain.time;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does the same small work in the database again and again, such as ending what is overdue. One
/// thread between [#start] and [#close]; a failure is logged and tried again next time.
public final class Sweeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

  private final Jdbi jdbi;
  private final Sweep sweep;
  private final Duration every;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  /// What is done each time, in one transaction.
  public interface Sweep {
    /// @return how many rows it changed
    int once(Handle handle);
  }

  /// @param name of the thread, and in the log
  public Sweeper(Jdbi jdbi, String name, Duration every, Sweep sweep) {
    this.jdbi = jdbi;
    this.sweep = sweep;
    this.every = every;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private void run() {
    try {
      while (!closed.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
        once();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void once() {
    try {
      int rows = jdbi.inTransaction(sweep::once);
      LOG.debug("event=swept sweep={} rows={}", thread.getName(), rows);
    } catch (RuntimeException e) {
      LOG.warn(
          "event=sweep_failed sweep={} reason={}", thread.getName(), e.getClass().getSimpleName());
    }
  }
}
