package propusk.sandbox.dc.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// A value of a schema's constructor, or a call of a method, with its fields by name.
///
/// Values are `Integer`, `Long`, `Double`, `Boolean`, `String`, `byte[]`, `List` and `TlObject`.
/// Fields that are absent on the wire are absent here; flags fields are never given, they follow.
public record TlObject(String name, Map<String, Object> fields) {

  /// Makes a value from names and values in turn.
  public static TlObject of(String name, Object... namesAndValues) {
    var fields = new LinkedHashMap<String, Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return new TlObject(name, fields);
  }

  public boolean has(String field) {
    return fields.containsKey(field);
  }

  public int number(String field) {
    return (Integer) get(field);
  }

  public long big(String field) {
    return (Long) get(field);
  }

  public String text(String field) {
    return (String) get(field);
  }

  public byte[] bytes(String field) {
    return (byte[]) get(field);
  }

  public List<?> list(String field) {
    return (List<?>) get(field);
  }

  /// A list of longs, as lists of message ids are.
  public List<Long> bigs(String field) {
    return list(field).stream().map(Long.class::cast).toList();
  }

  public TlObject object(String field) {
    return (TlObject) get(field);
  }

  private Object get(String field) {
    @Nullable Object value = fields.get(field);
    if (value == null) {
      throw new NoSuchElementException(name + " has no " + field);
    }
    return value;
  }
}
