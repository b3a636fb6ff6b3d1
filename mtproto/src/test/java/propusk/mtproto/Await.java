package propusk.mtproto;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for what must come, and fails in words when it does not.
final class Await {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long LOOK_AGAIN = 2_000_000;

  private Await() {}

  static void until(String what, BooleanSupplier reached) {
    some(what, () -> reached.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  static <T> T some(String what, Supplier<Optional<T>> look) {
    var end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      var found = look.get();
      if (found.isPresent()) return found.get();
      if (System.nanoTime() > end) throw new AssertionError("it did not come: " + what);
      LockSupport.parkNanos(LOOK_AGAIN);
    }
  }
}
