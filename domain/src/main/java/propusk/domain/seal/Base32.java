package propusk.domain.seal;

import java.util.Locale;
import java.util.regex.Pattern;

/// Codes that people type: characters of [RFC 4648](https://www.rfc-editor.org/rfc/rfc4648)'s
/// base32 alphabet, of which none is like another.
public final class Base32 {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int LONGEST = 64;
  private static final Pattern SEPARATORS = Pattern.compile("[\\s\\p{Pd}]+");

  private Base32() {}

  /// One character for each byte, of which five bits count: random bytes make each character as
  /// likely as any other.
  public static String of(byte[] bytes) {
    var code = new StringBuilder(bytes.length);
    for (byte some : bytes) {
      code.append(ALPHABET.charAt(some & 31));
    }
    return code.toString();
  }

  /// What people mistype is mended: case, spaces and hyphens, 0 for O, 1 for I, 8 for B. A text too
  /// long for any code becomes empty.
  public static String mend(String typed) {
    if (typed.length() > LONGEST) {
      return "";
    }
    return SEPARATORS
        .matcher(typed)
        .replaceAll("")
        .toUpperCase(Locale.ROOT)
        .replace('0', 'O')
        .replace('1', 'I')
        .replace('8', 'B');
  }
}
