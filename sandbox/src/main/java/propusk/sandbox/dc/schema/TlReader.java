package propusk.sandbox.dc.schema;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Reads TL's basic values from bytes, in order. Little-endian, strings padded to four.
///
/// See <https://core.telegram.org/mtproto/serialize>.
public final class TlReader {
  private final ByteBuffer in;

  public TlReader(byte[] bytes) {
    this.in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  public int readInt() {
    need(Integer.BYTES);
    return in.getInt();
  }

  /// The next 32 bits, which stay to be read.
  public int peekInt() {
    need(Integer.BYTES);
    return in.getInt(in.position());
  }

  public long readLong() {
    need(Long.BYTES);
    return in.getLong();
  }

  double readDouble() {
    need(Double.BYTES);
    return in.getDouble();
  }

  public byte[] readRaw(int length) {
    if (length < 0) {
      throw new TlException("negative length");
    }
    need(length);
    var raw = new byte[length];
    in.get(raw);
    return raw;
  }

  /// Everything that is left.
  public byte[] readRest() {
    return readRaw(in.remaining());
  }

  byte[] readBytes() {
    need(1);
    int first = in.get() & 0xff;
    int header = 1;
    int length = first;
    if (first == 254) {
      need(3);
      length = (in.get() & 0xff) | ((in.get() & 0xff) << 8) | ((in.get() & 0xff) << 16);
      header = 4;
    }
    var value = readRaw(length);
    readRaw(-(header + length) & 3);
    return value;
  }

  String readString() {
    return new String(readBytes(), StandardCharsets.UTF_8);
  }

  /// How many bytes were read so far.
  public int position() {
    return in.position();
  }

  public int remaining() {
    return in.remaining();
  }

  private void need(int bytes) {
    if (in.remaining() < bytes) {
      throw new TlException("message ends early");
    }
  }
}
