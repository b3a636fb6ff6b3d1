package propusk.sandbox.world;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import propusk.sandbox.world.Call.Plane;

/// The latest requests of this run, oldest first; older ones than the last 10,000 are forgotten.
public final class Calls {
  private static final int KEPT = 10_000;

  private final InstantSource clock;
  private final Deque<Call> latest = new ArrayDeque<>();
  private long seen;

  Calls(InstantSource clock) {
    this.clock = clock;
  }

  public void answered(Plane plane, String method) {
    add(plane, method, Optional.empty());
  }

  public void refused(Plane plane, String method, String error) {
    add(plane, method, Optional.of(error));
  }

  public synchronized List<Call> list() {
    return List.copyOf(latest);
  }

  /// Calls with a number greater than `number`: what came since the caller last looked.
  public synchronized List<Call> since(long number) {
    return latest.stream().filter(call -> call.number() > number).toList();
  }

  /// How often `method` was called, as far as remembered.
  public synchronized long count(String method) {
    return latest.stream().filter(call -> call.method().equals(method)).count();
  }

  /// How often `method` was refused, as far as remembered.
  public synchronized long refusals(String method) {
    return latest.stream()
        .filter(call -> call.method().equals(method) && call.error().isPresent())
        .count();
  }

  synchronized void clear() {
    latest.clear();
  }

  private synchronized void add(Plane plane, String method, Optional<String> error) {
    if (latest.size() == KEPT) {
      latest.removeFirst();
    }
    latest.addLast(new Call(++seen, clock.instant(), plane, method, error));
  }
}
