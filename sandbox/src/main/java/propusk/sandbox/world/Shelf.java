package propusk.sandbox.world;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;

/// A named, ordered, persistent collection of records, kept as JSON so that a later version can
/// read it.
///
/// Each write is handed to the operating system before it returns; reads come from memory. Safe for
/// many threads. Values must not be changed in place.
public final class Shelf<K extends Comparable<K>, V> {
  private final Journal journal;
  private final String name;
  private final JsonMapper json;
  private final ConcurrentSkipListMap<K, V> memory = new ConcurrentSkipListMap<>();

  Shelf(Journal journal, String name, Class<K> keys, Class<V> values, JsonMapper json) {
    this.journal = journal;
    this.name = name;
    this.json = json;
    journal
        .rows(name)
        .forEach(
            (key, row) -> memory.put(json.convertValue(key, keys), json.treeToValue(row, values)));
  }

  public Optional<V> find(K key) {
    return Optional.ofNullable(memory.get(key));
  }

  public synchronized void put(K key, V value) {
    memory.put(key, value);
    journal.put(name, key.toString(), json.valueToTree(value));
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
      journal.remove(name, key.toString());
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
    journal.clear(name);
  }
}
