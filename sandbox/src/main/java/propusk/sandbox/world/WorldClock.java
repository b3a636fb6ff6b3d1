package propusk.sandbox.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The sandbox's time: the machine's, plus what it was told to skip. The skip survives a restart.
public final class WorldClock implements InstantSource {
  private static final String SKIPPED = "skipped_millis";

  private final Shelf<String, Long> shelf;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile Duration skipped;

  WorldClock(Shelf<String, Long> shelf) {
    this.shelf = shelf;
    this.skipped = Duration.ofMillis(shelf.find(SKIPPED).orElse(0L));
  }

  @Override
  public Instant instant() {
    return InstantSource.system().instant().plus(skipped);
  }

  /// How far ahead of the machine's time the world is.
  public Duration skipped() {
    return skipped;
  }

  /// Lets `time` pass at once («+30 s») and then tells everybody who asked by [#onShift].
  public synchronized void shift(Duration time) {
    skipped = skipped.plus(time);
    shelf.put(SKIPPED, skipped.toMillis());
    listeners.forEach(Runnable::run);
  }

  /// Runs `listener` after every shift.
  public void onShift(Runnable listener) {
    listeners.add(listener);
  }

  synchronized void forget() {
    skipped = Duration.ZERO;
  }
}
