package propusk.sandbox.dc.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import propusk.sandbox.dc.schema.TlType.Bare;
import propusk.sandbox.dc.schema.TlType.Boxed;
import propusk.sandbox.dc.schema.TlType.Plain;
import propusk.sandbox.dc.schema.TlType.Vector;

/// Reads and writes values by a [Schema], in the forms of one layer. Safe for many threads.
public final class TlCodec {
  private static final int VECTOR = 0x1cb5c415;
  private static final int BOOL_TRUE = 0x997275b5;
  private static final int BOOL_FALSE = 0xbc799737;

  private final Schema schema;
  private final int layer;

  public TlCodec(Schema schema, int layer) {
    this.schema = schema;
    this.layer = layer;
  }

  /// Reads a method call; empty, with nothing read, if the schema does not know the method.
  public Optional<TlObject> readCall(TlReader in) {
    var function = schema.function(in.peekInt());
    return function.map(known -> {
      in.readInt();
      return readFields(in, known);
    });
  }

  /// Reads a value of any type; empty, with nothing read, if the schema does not know its
  /// constructor.
  public Optional<TlObject> readKnown(TlReader in) {
    var type = schema.type(in.peekInt());
    return type.map(known -> {
      in.readInt();
      return readFields(in, known);
    });
  }

  /// Reads a value of any type.
  ///
  /// @throws TlException if it is none of the schema's
  public TlObject read(TlReader in) {
    return readKnown(in)
        .orElseThrow(() -> new TlException("unknown constructor " + hex(in.peekInt())));
  }

  public TlObject read(byte[] bytes) {
    return read(new TlReader(bytes));
  }

  /// Writes a value with its constructor's id.
  public byte[] write(TlObject value) {
    var out = new TlWriter();
    writeBoxed(out, value);
    return out.toBytes();
  }

  /// Writes a method's answer: an object, a `Boolean`, or a `List` of objects.
  public byte[] writeAnswer(Object answer) {
    var out = new TlWriter();
    switch (answer) {
      case TlObject object -> writeBoxed(out, object);
      case Boolean bool -> out.writeInt(bool ? BOOL_TRUE : BOOL_FALSE);
      case List<?> list -> writeVector(out, new Vector(new Boxed("Object"), false), list);
      default -> throw new IllegalArgumentException("no answer: " + answer.getClass());
    }
    return out.toBytes();
  }

  private TlObject readFields(TlReader in, Combinator combinator) {
    var fields = new LinkedHashMap<String, Object>();
    var flags = new HashMap<String, Integer>();
    for (var field : combinator.fields()) {
      if (field.type() == Plain.FLAGS) {
        flags.put(field.name(), in.readInt());
      } else if (field.condition().map(c -> isSet(flags, c)).orElse(true)) {
        fields.put(field.name(), readValue(in, field.type()));
      }
    }
    return new TlObject(combinator.name(), fields);
  }

  private Object readValue(TlReader in, TlType type) {
    return switch (type) {
      case Plain plain ->
          switch (plain) {
            case INT, FLAGS -> in.readInt();
            case LONG -> in.readLong();
            case DOUBLE -> in.readDouble();
            case STRING -> in.readString();
            case BYTES -> in.readBytes();
            case INT128 -> in.readRaw(16);
            case INT256 -> in.readRaw(32);
            case TRUE -> true;
            case BOOL -> readBool(in);
            case QUERY -> in.readRest();
          };
      case Vector vector -> readVector(in, vector);
      case Boxed _ -> read(in);
      case Bare bare -> readFields(in, schema.type(bare.constructor(), layer));
    };
  }

  private static boolean readBool(TlReader in) {
    int id = in.readInt();
    if (id != BOOL_TRUE && id != BOOL_FALSE) {
      throw new TlException("no Bool: " + hex(id));
    }
    return id == BOOL_TRUE;
  }

  private List<Object> readVector(TlReader in, Vector vector) {
    if (!vector.bare() && in.readInt() != VECTOR) {
      throw new TlException("no Vector");
    }
    int count = in.readInt();
    if (count < 0 || count > in.remaining()) {
      throw new TlException("no count: " + count);
    }
    var items = new ArrayList<Object>(count);
    for (int i = 0; i < count; i++) {
      items.add(readValue(in, vector.item()));
    }
    return items;
  }

  private void writeBoxed(TlWriter out, TlObject value) {
    var combinator = schema.type(value.name(), layer);
    out.writeInt(combinator.id());
    writeFields(out, combinator, value.fields());
  }

  private void writeFields(TlWriter out, Combinator combinator, Map<String, Object> values) {
    for (var field : combinator.fields()) {
      var value = values.get(field.name());
      if (field.type() == Plain.FLAGS) {
        out.writeInt(flags(combinator, field.name(), values));
      } else if (value != null) {
        writeValue(out, field.type(), value);
      } else if (field.condition().isEmpty()) {
        throw new IllegalArgumentException(combinator.name() + " needs " + field.name());
      }
    }
  }

  private void writeValue(TlWriter out, TlType type, Object value) {
    switch (type) {
      case Plain plain -> {
        switch (plain) {
          case INT, FLAGS -> out.writeInt((Integer) value);
          case LONG -> out.writeLong((Long) value);
          case DOUBLE -> out.writeDouble((Double) value);
          case STRING -> out.writeString((String) value);
          case BYTES -> out.writeBytes((byte[]) value);
          case INT128, INT256, QUERY -> out.writeRaw((byte[]) value);
          case TRUE -> {}
          case BOOL -> out.writeInt((Boolean) value ? BOOL_TRUE : BOOL_FALSE);
        }
      }
      case Vector vector -> writeVector(out, vector, (List<?>) value);
      case Boxed _ -> writeBoxed(out, (TlObject) value);
      case Bare bare ->
          writeFields(out, schema.type(bare.constructor(), layer), ((TlObject) value).fields());
    }
  }

  private void writeVector(TlWriter out, Vector vector, List<?> items) {
    if (!vector.bare()) {
      out.writeInt(VECTOR);
    }
    out.writeInt(items.size());
    for (var item : items) {
      writeValue(out, vector.item(), item);
    }
  }

  private static int flags(Combinator combinator, String name, Map<String, Object> values) {
    int bits = 0;
    for (var field : combinator.fields()) {
      var bit = field.condition().filter(c -> c.flags().equals(name));
      if (bit.isPresent() && present(field, values)) {
        bits |= 1 << bit.get().bit();
      }
    }
    return bits;
  }

  private static boolean present(Field field, Map<String, Object> values) {
    var value = values.get(field.name());
    return field.type() == Plain.TRUE ? Boolean.TRUE.equals(value) : value != null;
  }

  private static boolean isSet(Map<String, Integer> flags, Field.Condition condition) {
    return (flags.getOrDefault(condition.flags(), 0) & (1 << condition.bit())) != 0;
  }

  private static String hex(int id) {
    return "%08x".formatted(id);
  }
}
