package propusk.mtproto.tdlib;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The RSA key by which TDLib knows Telegram's **test** data centres, as a PEM inside the library.
///
/// Only this key is ever replaced: with `use_test_dc=false` the copy refuses a sandbox, and the
/// untouched library refuses it always, so production and sandbox cannot be confused.
final class TestKey {
  private static final byte[] ANCHOR = ascii("MIIBCgKCAQEAyMEdY1aR");
  private static final byte[] BEGIN = ascii("-----BEGIN RSA PUBLIC KEY-----");
  private static final byte[] END = ascii("-----END RSA PUBLIC KEY-----");

  private TestKey() {}

  /// Replaces the key in the library's bytes. Any RSA-2048 key with exponent 65537 has the same
  /// length as PKCS#1 PEM.
  static void replace(byte[] library, String publicKeyPem) {
    var anchor = indexOf(library, ANCHOR, 0);
    if (anchor < 0 || indexOf(library, ANCHOR, anchor + 1) >= 0) {
      throw new IllegalStateException("the test key is not in this library exactly once");
    }
    var begin = anchor - BEGIN.length - 1;
    var end = indexOf(library, END, anchor) + END.length;
    var pem = ascii(publicKeyPem.strip());
    if (!Arrays.equals(library, begin, begin + BEGIN.length, BEGIN, 0, BEGIN.length)
        || pem.length != end - begin) {
      throw new IllegalArgumentException(
          "the sandbox's key is not an RSA-2048 key in PKCS#1 PEM form");
    }
    System.arraycopy(pem, 0, library, begin, pem.length);
  }

  private static int indexOf(byte[] text, byte[] wanted, int from) {
    for (var at = from; at <= text.length - wanted.length; at++) {
      if (text[at] == wanted[0]
          && Arrays.equals(text, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    return -1;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
