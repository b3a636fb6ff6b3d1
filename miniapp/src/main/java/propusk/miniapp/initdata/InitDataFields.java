package propusk.miniapp.initdata;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import propusk.miniapp.initdata.InitDataResult.Reason;

/// The fields of a launch's query string, decoded strictly: what is not exactly a list of
/// `key=value` pairs of well-formed UTF-8, each key once, is refused.
final class InitDataFields {
  private final SortedMap<String, String> fields;

  private InitDataFields(SortedMap<String, String> fields) {
    this.fields = fields;
  }

  static final class Malformed extends Exception {
    private final Reason reason;

    Malformed(Reason reason) {
      super(reason.name(), null, false, false);
      this.reason = reason;
    }

    Reason reason() {
      return reason;
    }
  }

  static InitDataFields parse(String raw) throws Malformed {
    var fields = new TreeMap<String, String>();
    int from = 0;
    while (from <= raw.length()) {
      int to = raw.indexOf('&', from);
      if (to < 0) {
        to = raw.length();
      }
      int equals = raw.indexOf('=', from);
      if (equals <= from || equals >= to) {
        throw new Malformed(Reason.MALFORMED);
      }
      var key = decode(raw.substring(from, equals));
      if (!isName(key)) {
        throw new Malformed(Reason.MALFORMED);
      }
      if (fields.put(key, decode(raw.substring(equals + 1, to))) != null) {
        throw new Malformed(Reason.DUPLICATE_FIELD);
      }
      from = to + 1;
    }
    return new InitDataFields(fields);
  }

  /// Of fields that came decoded; empty where a name or a value could pass for the border between
  /// two.
  static Optional<InitDataFields> of(SortedMap<String, String> fields) {
    boolean plain =
        fields.keySet().stream().allMatch(InitDataFields::isName)
            && fields.values().stream().allMatch(InitDataFields::isLine);
    return plain ? Optional.of(new InitDataFields(fields)) : Optional.empty();
  }

  /// What is signed is lines of `name=value`: with a line break or an equals sign in a name the
  /// same lines could be read as other fields.
  private static boolean isName(String key) {
    return !key.isEmpty() && key.indexOf('=') < 0 && isLine(key);
  }

  private static boolean isLine(String text) {
    return text.chars().allMatch(c -> c >= 0x20);
  }

  Optional<String> find(String key) {
    return Optional.ofNullable(fields.get(key));
  }

  /// All fields but `hash`, sorted, as Telegram signs them.
  String dataCheckString() {
    return fields.entrySet().stream()
        .filter(field -> !field.getKey().equals("hash"))
        .map(field -> field.getKey() + "=" + field.getValue())
        .collect(Collectors.joining("\n"));
  }

  private static String decode(String encoded) throws Malformed {
    var bytes = new byte[encoded.length()];
    int length = 0;
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c == '%') {
        bytes[length++] = (byte) (hexDigit(encoded, i + 1) << 4 | hexDigit(encoded, i + 2));
        i += 2;
      } else if (c > 0x20 && c < 0x7f) {
        bytes[length++] = (byte) (c == '+' ? ' ' : c);
      } else {
        throw new Malformed(Reason.MALFORMED);
      }
    }
    return text(bytes, length);
  }

  private static int hexDigit(String encoded, int at) throws Malformed {
    if (at >= encoded.length() || !HexFormat.isHexDigit(encoded.charAt(at))) {
      throw new Malformed(Reason.MALFORMED);
    }
    return HexFormat.fromHexDigit(encoded.charAt(at));
  }

  private static String text(byte[] bytes, int length) throws Malformed {
    for (int i = 0; i < length; i++) {
      // A line break inside a value could pass for the border between two signed fields.
      if (bytes[i] >= 0 && bytes[i] < 0x20) {
        throw new Malformed(Reason.MALFORMED);
      }
    }
    try {
      return UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new Malformed(Reason.MALFORMED);
    }
  }
}
