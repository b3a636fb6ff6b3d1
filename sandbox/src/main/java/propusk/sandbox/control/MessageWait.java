package propusk.sandbox.control;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import propusk.sandbox.botapi.ChangeFeed;
import propusk.sandbox.botapi.ChatMessage;

/// Waits for a message in a chat, woken by the chat's changes.
final class MessageWait {
  private MessageWait() {}

  /// Reads until some message fits or the time is over; answers the last reading either way.
  static List<ChatMessage> until(
      ChangeFeed feed,
      Supplier<List<ChatMessage>> read,
      Predicate<ChatMessage> fits,
      Duration patience)
      throws InterruptedException {
    var changes = new Semaphore(0);
    var stop = feed.listen(changes::release);
    try {
      var end = System.nanoTime() + patience.toNanos();
      while (true) {
        changes.drainPermits();
        var messages = read.get();
        var left = end - System.nanoTime();
        if (messages.stream().anyMatch(fits) || left <= 0) {
          return messages;
        }
        if (!changes.tryAcquire(left, TimeUnit.NANOSECONDS)) {
          return read.get();
        }
      }
    } finally {
      stop.run();
    }
  }
}
