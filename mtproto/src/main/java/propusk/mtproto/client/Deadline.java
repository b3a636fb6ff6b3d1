package propusk.mtproto.client;

import java.time.Duration;

/// A moment of the monotonic clock until which something may take.
public record Deadline(long nanos) {
  public static Deadline after(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /// Never negative.
  public Duration left() {
    return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
  }

  public boolean passed() {
    return nanos - System.nanoTime() <= 0;
  }
}
