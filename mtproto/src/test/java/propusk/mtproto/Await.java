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
    return some(what, look, () -> "nothing");
  }

  /// @param found what is there instead, for the words of the failure
  static <T> T some(String what, Supplier<Optional<T>> look, Supplier<Object> found) {
    var end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      var came = look.get();
      if (came.isPresent()) return came.get();
      if (System.nanoTime() > end) {
        throw new AssertionError("it did not come: " + what + "; there is " + found.get());
      }
      LockSupport.parkNanos(LOOK_AGAIN);
    }
  }
}
