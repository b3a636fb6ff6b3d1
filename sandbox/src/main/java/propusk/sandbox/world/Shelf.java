package propusk.sandbox.world;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A named, ordered, persistent collection of records, kept as JSON so that a later version can
/// read it.
///
/// Each write is handed to the operating system before it returns. Safe for many threads.
public final class Shelf<K, V> {
  private final MVStore store;
  private final MVMap<K, byte[]> rows;
  private final Class<K> keys;
  private final Class<V> values;
  private final JsonMapper json;

  Shelf(MVStore store, String name, Class<K> keys, Class<V> values, JsonMapper json) {
    this.store = store;
    this.rows = store.openMap(name);
    this.keys = keys;
    this.values = values;
    this.json = json;
  }

  public Optional<V> find(K key) {
    return Optional.ofNullable(rows.get(key)).map(this::read);
  }

  public void put(K key, V value) {
    rows.put(key, json.writeValueAsBytes(value));
    store.commit();
  }

  /// Stores `value` unless the key is taken; tells whether it did.
  public boolean putIfAbsent(K key, V value) {
    boolean stored = rows.putIfAbsent(key, json.writeValueAsBytes(value)) == null;
    store.commit();
    return stored;
  }

  /// Replaces the value of `key`, if there is one, by what `change` makes of it, and answers the
  /// new value.
  public synchronized Optional<V> update(K key, UnaryOperator<V> change) {
    var changed = find(key).map(change);
    changed.ifPresent(value -> put(key, value));
    return changed;
  }

  public Optional<V> remove(K key) {
    var removed = rows.remove(key);
    store.commit();
    return Optional.ofNullable(removed).map(this::read);
  }

  /// All values in the order of their keys.
  public List<V> all() {
    return rows.values().stream().map(this::read).toList();
  }

  public List<Map.Entry<K, V>> entries() {
    return rows.entrySet().stream()
        .map(row -> Map.entry(keys.cast(row.getKey()), read(row.getValue())))
        .toList();
  }

  /// The greatest key, by which sequences are continued.
  public Optional<K> lastKey() {
    @Nullable K last = rows.lastKey();
    return Optional.ofNullable(last);
  }

  public int size() {
    return rows.size();
  }

  private V read(byte[] row) {
    return json.readValue(row, values);
  }
}
