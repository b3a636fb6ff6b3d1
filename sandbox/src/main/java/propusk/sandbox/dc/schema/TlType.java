package propusk.sandbox.dc.schema;

/// The type of a field or of a method's answer.
///
/// See <https://core.telegram.org/mtproto/TL>.
sealed interface TlType {

  /// Types without parts of their own.
  enum Plain implements TlType {
    INT,
    LONG,
    DOUBLE,
    STRING,
    BYTES,
    INT128,
    INT256,
    /// `#`: the bits that tell which optional fields follow.
    FLAGS,
    /// `true`: nothing on the wire, the flag's bit is the value.
    TRUE,
    BOOL,
    /// `!X`: another method call, up to the end of the message.
    QUERY
  }

  /// A list; a bare one has no constructor id before its count.
  record Vector(TlType item, boolean bare) implements TlType {}

  /// Any constructor of a type, told apart by its id.
  record Boxed(String name) implements TlType {}

  /// One certain constructor, without its id.
  record Bare(String constructor) implements TlType {}

  /// Reads a type as schemas write it, such as `Vector<long>`.
  static TlType parse(String text) {
    if (text.startsWith("Vector<") || text.startsWith("vector<")) {
      var item = parse(text.substring("vector<".length(), text.length() - 1));
      return new Vector(item, text.startsWith("v"));
    }
    return switch (text) {
      case "int" -> Plain.INT;
      case "long" -> Plain.LONG;
      case "double" -> Plain.DOUBLE;
      case "string" -> Plain.STRING;
      case "bytes" -> Plain.BYTES;
      case "int128" -> Plain.INT128;
      case "int256" -> Plain.INT256;
      case "#" -> Plain.FLAGS;
      case "true" -> Plain.TRUE;
      case "Bool" -> Plain.BOOL;
      case "!X" -> Plain.QUERY;
      default -> named(text);
    };
  }

  private static TlType named(String text) {
    var last = text.substring(text.lastIndexOf('.') + 1);
    return Character.isUpperCase(last.charAt(0)) ? new Boxed(text) : new Bare(text);
  }
}
