package propusk.mtproto.login;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/// A place among the clients that are starting, given back once.
final class Start implements AutoCloseable {
  private final Semaphore places;
  private final AtomicBoolean held = new AtomicBoolean(true);

  Start(Semaphore places) throws InterruptedException {
    places.acquire();
    this.places = places;
  }

  @Override
  public void close() {
    if (held.compareAndSet(true, false)) places.release();
  }
}
