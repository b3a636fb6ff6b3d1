package propusk.app.story;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// Waiting for what must come, with a deadline.
public final class Await {
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private Await() {}

  /// The first value that comes.
  public static <T> T value(String what, Supplier<Optional<T>> look) {
    return value(what, PATIENCE, look);
  }

  public static <T> T value(String what, Duration patience, Supplier<Optional<T>> look) {
    var deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < deadline) {
      var found = look.get();
      if (found.isPresent()) {
        return found.get();
      }
      pause();
    }
    throw new AssertionError("did not come within %d s: %s".formatted(patience.toSeconds(), what));
  }

  public static void until(String what, Supplier<Boolean> condition) {
    value(what, () -> condition.get() ? Optional.of(true) : Optional.empty());
  }

  private static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
