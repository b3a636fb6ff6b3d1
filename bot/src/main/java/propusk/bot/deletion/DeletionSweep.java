package propusk.bot.deletion;

import java.time.Duration;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.bot.wake.Doorbell;
import propusk.domain.deletion.Deletions;

/// Erases the data of people who asked for it, as soon as Telegram has let go of their sessions.
/// Every process may run it.
public final class DeletionSweep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeletionSweep.class);
  private static final Duration HEARTBEAT = Duration.ofSeconds(2);
  private static final Duration STOP = Duration.ofSeconds(5);

  private final Jdbi jdbi;
  private final Deletions deletions;
  private final Doorbell bell = new Doorbell();
  private final Thread thread = Thread.ofVirtual().name("deletions").unstarted(this::sweep);

  public DeletionSweep(Jdbi jdbi, Deletions deletions) {
    this.jdbi = jdbi;
    this.deletions = deletions;
  }

  public void start() {
    thread.start();
  }

  /// A session or a login may have ended.
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

  private void sweep() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        jdbi.useTransaction(deletions::finish);
      } catch (RuntimeException e) {
        LOG.warn("event=deletions_wait reason={}", e.getClass().getSimpleName());
      }
      bell.await(HEARTBEAT);
    }
  }
}
