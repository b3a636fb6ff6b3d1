package propusk.mtproto.worker;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Replaces a worker process after so many TDLib clients: at the first moment when it runs no
/// login, and at twice as many in any case. Logins in progress are gone on with by the successor.
public final class Recycling implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Recycling.class);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final IntSupplier opened;
  private final IntSupplier logins;
  private final int limit;
  private final Runnable replace;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread =
      Thread.ofPlatform().name("recycling").daemon().unstarted(this::watch);

  /// @param opened how many clients this process has opened in its life
  /// @param logins how many logins it runs now
  /// @param replace ends the process in order
  public Recycling(IntSupplier opened, IntSupplier logins, int limit, Runnable replace) {
    this.opened = opened;
    this.logins = logins;
    this.limit = limit;
    this.replace = replace;
  }

  public void start() {
    thread.start();
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private void watch() {
    try {
      while (!closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        var count = opened.getAsInt();
        if (count >= 2L * limit || (count >= limit && logins.getAsInt() == 0)) {
          LOG.info("event=worker_recycled clients={} logins={}", count, logins.getAsInt());
          replace.run();
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
