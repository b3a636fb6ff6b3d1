package propusk.sandbox.dc.crypto;

import java.math.BigInteger;
import java.util.Arrays;

/// Joining, cutting and turning byte arrays into numbers and back.
public final class Octets {
  private Octets() {}

  public static byte[] join(byte[]... parts) {
    var joined = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
    int at = 0;
    for (var part : parts) {
      System.arraycopy(part, 0, joined, at, part.length);
      at += part.length;
    }
    return joined;
  }

  /// The `length` bytes from `from` on.
  public static byte[] cut(byte[] bytes, int from, int length) {
    return Arrays.copyOfRange(bytes, from, from + length);
  }

  public static byte[] reversed(byte[] bytes) {
    var reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  public static byte[] xor(byte[] one, byte[] other) {
    var result = new byte[one.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (byte) (one[i] ^ other[i]);
    }
    return result;
  }

  /// A number as big-endian bytes without a sign, padded with zeros to `length`.
  public static byte[] unsigned(BigInteger number, int length) {
    var signed = number.toByteArray();
    var result = new byte[length];
    int count = Math.min(signed.length, length);
    System.arraycopy(signed, signed.length - count, result, length - count, count);
    return result;
  }

  /// A number as the fewest big-endian bytes without a sign.
  static byte[] unsigned(BigInteger number) {
    return unsigned(number, (number.bitLength() + 7) / 8);
  }

  /// The little-endian number in the eight bytes from `from` on.
  public static long longAt(byte[] bytes, int from) {
    long value = 0;
    for (int i = Long.BYTES - 1; i >= 0; i--) {
      value = (value << Byte.SIZE) | (bytes[from + i] & 0xff);
    }
    return value;
  }

  public static byte[] ofLong(long value) {
    var bytes = new byte[Long.BYTES];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (value >>> (i * Byte.SIZE));
    }
    return bytes;
  }
}
