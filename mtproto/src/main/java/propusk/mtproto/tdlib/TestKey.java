package propusk.mtproto.tdlib;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/// The RSA key by which TDLib knows Telegram's **test** data centres, as a PEM inside the library.
///
/// Only this key is ever replaced: with `use_test_dc=false` the copy refuses a sandbox, and the
/// untouched library refuses it always, so production and sandbox cannot be confused.
final class TestKey {
  private static final byte[] ANCHOR = ascii("MIIBCgKCAQEAyMEdY1aR");
  private static final byte[] BEGIN = ascii("-----BEGIN RSA PUBLIC KEY-----");
  private static final byte[] END = ascii("-----END RSA PUBLIC KEY-----");

  /// The library is looked through in pieces of this size; a key is far smaller.
  private static final int WINDOW = 1 << 16;

  private TestKey() {}

  /// Replaces the key in a copy of the library. Any RSA-2048 key with exponent 65537 has the same
  /// length as PKCS#1 PEM.
  static void replace(Path library, String publicKeyPem) throws IOException {
    try (var file = FileChannel.open(library, READ, WRITE)) {
      var anchor = find(file, 0);
      if (anchor < 0 || find(file, anchor + 1) >= 0) {
        throw new IllegalStateException("the test key is not in this library exactly once");
      }
      var begin = anchor - BEGIN.length - 1;
      var around = read(file, begin, WINDOW);
      var end = indexOf(around, END) + END.length;
      var pem = ascii(publicKeyPem.strip());
      if (!Arrays.equals(around, 0, BEGIN.length, BEGIN, 0, BEGIN.length) || pem.length != end) {
        throw new IllegalArgumentException(
            "the sandbox's key is not an RSA-2048 key in PKCS#1 PEM form");
      }
      file.write(ByteBuffer.wrap(pem), begin);
    }
  }

  /// Where the anchor begins, at `from` or later; -1 when it does not.
  private static long find(FileChannel file, long from) throws IOException {
    for (var at = from; at < file.size(); at += WINDOW - ANCHOR.length) {
      var found = indexOf(read(file, at, WINDOW), ANCHOR);
      if (found >= 0) return at + found;
    }
    return -1;
  }

  private static byte[] read(FileChannel file, long from, int length) throws IOException {
    var buffer = ByteBuffer.allocate((int) Math.min(length, file.size() - from));
    while (buffer.hasRemaining() && file.read(buffer, from + buffer.position()) >= 0) {}
    return buffer.array();
  }

  private static int indexOf(byte[] text, byte[] wanted) {
    for (var at = 0; at <= text.length - wanted.length; at++) {
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
