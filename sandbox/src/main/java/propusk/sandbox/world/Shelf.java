package propusk.sandbox.world;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import tools.jackson.databind.json.JsonMapper;

/// A named, ordered, persistent collection of records, kept as JSON so that a later version can
/// read it.
///
/// Each write is handed to the operating system before it returns; reads come from memory. Safe for
/// many threads. Values must not be changed in place.
public final class Shelf<K extends Comparable<K>, V> {
  private final MVStore store;
  private final MVMap<K, byte[]> rows;
  private final ConcurrentSkipListMap<K, V> memory = new ConcurrentSkipListMap<>();
  private final JsonMapper json;

  Shelf(MVStore store, String name, Class<V> values, JsonMapper json) {
    this.store = store;
    this.rows = store.openMap(name);
    this.json = json;
    rows.forEach((key, row) -> memory.put(key, json.readValue(row, values)));
  }

  public Optional<V> find(K key) {
    return Optional.ofNullable(memory.get(key));
  }

  public synchronized void put(K key, V value) {
    memory.put(key, value);
    rows.put(key, json.writeValueAsBytes(value));
    store.commit();
  }

  /// Stores `value` unless the key is taken; tells whether it did.
  public synchronized boolean putIfAbsent(K key, V value) {
    if (memory.containsKey(key)) {
      return false;
    }
    put(key, value);
    return true;
  }

  /// Replaces the value of `key`, if there is one, by what `change` makes of it, and answers the
  /// new value.
  public synchronized Optional<V> update(K key, UnaryOperator<V> change) {
    var changed = find(key).map(change);
    changed.filter(value -> !value.equals(memory.get(key))).ifPresent(value -> put(key, value));
    return changed;
  }

  /// Replaces the value of `key` if it is still `expected`; tells whether it did.
  public synchronized boolean replace(K key, V expected, V value) {
    if (!expected.equals(memory.get(key))) {
      return false;
    }
    put(key, value);
    return true;
  }

  public synchronized Optional<V> remove(K key) {
    var removed = Optional.ofNullable(memory.remove(key));
    if (removed.isPresent()) {
      rows.remove(key);
      store.commit();
    }
    return removed;
  }

  public synchronized void removeIf(Predicate<V> unwanted) {
    for (var entry : entries()) {
      if (unwanted.test(entry.getValue())) {
        remove(entry.getKey());
      }
    }
  }

  /// All values in the order of their keys.
  public List<V> all() {
    return List.copyOf(memory.values());
  }

  public List<Map.Entry<K, V>> entries() {
    return List.copyOf(memory.entrySet());
  }

  /// The greatest key, by which sequences are continued.
  public Optional<K> lastKey() {
    return Optional.ofNullable(memory.lastEntry()).map(Map.Entry::getKey);
  }

  public int size() {
    return memory.size();
  }

  synchronized void clear() {
    memory.clear();
    rows.clear();
    store.commit();
  }
}
