package propusk.sandbox.dc.schema;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/// A line of a schema: a constructor of a type, or a method.
///
/// @param id the 32 bits before it on the wire
/// @param untilLayer the last layer that has this form
public record Combinator(int id, String name, List<Field> fields, TlType result, int untilLayer) {

  /// Reads a line such as `auth.loginToken#629f1980 expires:int token:bytes = auth.LoginToken;`.
  /// Without `#…` the id is computed.
  static Combinator parse(String line, int untilLayer) {
    var text = line.substring(0, line.lastIndexOf(';')).strip();
    int equals = text.lastIndexOf(" = ");
    var parts = text.substring(0, equals).split(" +");
    var head = parts[0].split("#");
    int id = head.length > 1 ? Integer.parseUnsignedInt(head[1], 16) : computedId(line);
    var fields =
        Arrays.stream(parts).skip(1).filter(part -> !part.startsWith("{")).map(Field::parse);
    return new Combinator(
        id, head[0], fields.toList(), TlType.parse(text.substring(equals + 3)), untilLayer);
  }

  /// The id that a line has by its text: the CRC32 of its normal form.
  ///
  /// See <https://core.telegram.org/mtproto/TL-combinators>.
  static int computedId(String line) {
    var normal =
        line.substring(0, line.lastIndexOf(';'))
            .strip()
            .replaceFirst("#[0-9a-f]+ ", " ")
            .replaceAll(" \\w+:\\w+\\.\\d+\\?true", "")
            .replace(":bytes ", ":string ")
            .replace("?bytes ", "?string ")
            .replace('<', ' ')
            .replace(">", "")
            .replace("{", "")
            .replace("}", "");
    var crc = new CRC32();
    crc.update(normal.getBytes(StandardCharsets.UTF_8));
    return (int) crc.getValue();
  }
}
