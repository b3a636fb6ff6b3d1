package propusk.sandbox.world;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// Everything the sandbox remembers, in one file of a directory, the [Journal].
///
/// A write to a [Shelf] is in the file before it returns, so a killed process forgets nothing.
/// Faults and calls are of this run only. Any thread may use a world; whoever opened it closes it.
public final class World implements AutoCloseable {
  /// Shelves whose name begins so are left alone by [#reset]: what clients outside were built with.
  public static final String KEPT = "kept";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private final Journal journal;
  private final ConcurrentHashMap<String, Shelf<?, ?>> shelves = new ConcurrentHashMap<>();
  private final WorldClock clock;
  private final People people;
  private final Faults faults = new Faults();
  private final Calls calls;
  private final List<Runnable> resetListeners = new CopyOnWriteArrayList<>();

  private World(Journal journal) {
    this.journal = journal;
    this.clock = new WorldClock(shelf("clock", String.class, Long.class));
    this.people = new People(shelf("person", Long.class, Person.class));
    this.calls = new Calls(clock);
  }

  /// Opens the world kept in `directory`, or begins a new one there.
  ///
  /// @throws java.io.UncheckedIOException if the directory cannot be made
  /// @throws IllegalStateException if another process has the world open
  public static World open(Path directory) {
    return new World(Journal.open(directory, JSON));
  }

  public People people() {
    return people;
  }

  public WorldClock clock() {
    return clock;
  }

  public Faults faults() {
    return faults;
  }

  public Calls calls() {
    return calls;
  }

  /// A named collection of records. Keys are `Long` or `String`; values are what [#json] can write.
  ///
  /// Everybody who asks for a name gets the same shelf, and must ask for it with the same types.
  @SuppressWarnings("unchecked")
  public <K extends Comparable<K>, V> Shelf<K, V> shelf(
      String name, Class<K> keys, Class<V> values) {
    var shelf =
        shelves.computeIfAbsent(name, _ -> new Shelf<K, V>(journal, name, keys, values, JSON));
    return (Shelf<K, V>) shelf;
  }

  /// The mapper of everything stored here: snake_case names, absent numbers are zero.
  public JsonMapper json() {
    return JSON;
  }

  /// Runs `listener` after each [#reset], for parts that hold state of their own.
  public void onReset(Runnable listener) {
    resetListeners.add(listener);
  }

  /// Forgets everybody and everything but the shelves [#KEPT].
  public void reset() {
    for (var name : journal.names()) {
      if (!name.startsWith(KEPT)) {
        clear(name);
      }
    }
    clock.forget();
    faults.clear();
    calls.clear();
    resetListeners.forEach(Runnable::run);
  }

  /// Shelves that nobody asked for in this run are in the journal only.
  private void clear(String name) {
    var shelf = shelves.get(name);
    if (shelf == null) {
      journal.clear(name);
    } else {
      shelf.clear();
    }
  }

  @Override
  public void close() {
    journal.close();
  }
}
