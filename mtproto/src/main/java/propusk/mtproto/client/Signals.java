package propusk.mtproto.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A client's mailbox: what TDLib told, and hints that the row which this client serves has
/// changed.
final class Signals {
  private final BlockingQueue<Signal> queue = new LinkedBlockingQueue<>();

  void told(TdUpdate update) {
    queue.add(new Signal.Told(update));
  }

  void refused(TdError error) {
    queue.add(new Signal.Refused(error));
  }

  void rowChanged() {
    queue.add(new Signal.RowChanged());
  }

  Optional<Signal> next(Duration within) throws InterruptedException {
    return Optional.ofNullable(queue.poll(Math.max(0, within.toNanos()), TimeUnit.NANOSECONDS));
  }
}
