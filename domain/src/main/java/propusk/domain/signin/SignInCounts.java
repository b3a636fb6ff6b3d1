package propusk.domain.signin;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jdbi.v3.core.Handle;

/// How many sign-ins this process has brought how far since it began. What is rolled back is not
/// counted. Safe for use by many threads.
public final class SignInCounts {
  private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();

  private record Key(SignInKind kind, SignInStep step) {}

  public long of(SignInKind kind, SignInStep step) {
    var count = counts.get(new Key(kind, step));
    return count == null ? 0 : count.sum();
  }

  /// Counts once the transaction commits.
  void count(Handle handle, SignInKind kind, SignInStep step) {
    handle.afterCommit(
        () -> counts.computeIfAbsent(new Key(kind, step), _ -> new LongAdder()).increment());
  }
}
