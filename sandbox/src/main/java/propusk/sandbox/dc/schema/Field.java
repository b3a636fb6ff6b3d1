package propusk.sandbox.dc.schema;

import java.util.Optional;

/// One field of a constructor or method.
///
/// @param condition for an optional field, the bit that tells whether it is there
record Field(String name, TlType type, Optional<Condition> condition) {

  /// A bit of a flags field.
  record Condition(String flags, int bit) {}

  /// Reads a field as schemas write it, such as `phone:flags.4?string`.
  static Field parse(String text) {
    int colon = text.indexOf(':');
    var name = text.substring(0, colon);
    var type = text.substring(colon + 1);
    int mark = type.indexOf('?');
    if (mark < 0) {
      return new Field(name, TlType.parse(type), Optional.empty());
    }
    int dot = type.indexOf('.');
    var condition =
        new Condition(type.substring(0, dot), Integer.parseInt(type.substring(dot + 1, mark)));
    return new Field(name, TlType.parse(type.substring(mark + 1)), Optional.of(condition));
  }
}
