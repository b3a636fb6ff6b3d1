package propusk.domain.login;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends overdue logins in a process that runs none: where no worker lives, people are told all the
/// same. One thread between [#start] and [#close].
public final class OverdueLogins implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OverdueLogins.class);

  private final Jdbi jdbi;
  private final Logins logins;
  private final Duration every;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread =
      Thread.ofPlatform().name("overdue-logins").daemon().unstarted(this::sweep);

  public OverdueLogins(Jdbi jdbi, Logins logins, Duration every) {
    this.jdbi = jdbi;
    this.logins = logins;
    this.every = every;
  }

  public void start() {
    thread.start();
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private void sweep() {
    try {
      while (!closed.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
        sweepOnce();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sweepOnce() {
    try {
      jdbi.inTransaction(logins::endOverdue);
    } catch (RuntimeException e) {
      LOG.warn("event=sweep_failed reason={}", e.getClass().getSimpleName());
    }
  }
}
