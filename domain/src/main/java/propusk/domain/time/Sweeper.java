package propusk.domain.time;

import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does the same small work in the database again and again, such as ending what is overdue: at the
/// start, at every hint, and now and then all the same. One thread between [#start] and [#close]; a
/// failure is logged and tried again next time. Every process may run it.
public final class Sweeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
  private static final Duration STOP = Duration.ofSeconds(5);

  private final Jdbi jdbi;
  private final Sweep sweep;
  private final Duration every;
  private final Doorbell bell = new Doorbell();
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
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /// There may be something to do.
  public void wake() {
    bell.ring();
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(STOP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        int rows = jdbi.inTransaction(sweep::once);
        LOG.debug("event=swept sweep={} rows={}", thread.getName(), rows);
      } catch (RuntimeException e) {
        LOG.warn(
            "event=sweep_failed sweep={} reason={}",
            thread.getName(),
            e.getClass().getSimpleName());
      }
      bell.await(every);
    }
  }
}
