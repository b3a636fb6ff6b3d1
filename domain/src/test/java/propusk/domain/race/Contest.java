package propusk.domain.race;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jdbi.v3.core.Handle;
import propusk.domain.DomainWorld;

/// Many who use the same thing at the same moment, each with a connection of their own that is open
/// before.
public final class Contest implements AutoCloseable {
  private final DomainWorld world;
  private final List<Handle> connections = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CyclicBarrier start;

  public Contest(DomainWorld world, int crowd) {
    this.world = world;
    start = new CyclicBarrier(crowd);
    for (int i = 0; i < crowd; i++) {
      connections.add(world.jdbi.open());
    }
  }

  /// What different things the crowd got: one, where it counts once.
  public Set<String> round(SingleUse use) throws InterruptedException, ExecutionException {
    world.in(handle -> handle.execute("DELETE FROM limit_use"));
    var attempt = use.round().get();
    var crowd = new ArrayList<Callable<Optional<String>>>();
    for (int i = 0; i < connections.size(); i++) {
      int who = i;
      crowd.add(() -> {
        start.await();
        return connections
            .get(who)
            .<Optional<String>, RuntimeException>inTransaction(handle -> attempt.by(handle, who));
      });
    }
    var got = new HashSet<String>();
    for (var result : threads.invokeAll(crowd)) {
      result.get().ifPresent(got::add);
    }
    return got;
  }

  @Override
  public void close() {
    threads.close();
    connections.forEach(Handle::close);
  }
}
