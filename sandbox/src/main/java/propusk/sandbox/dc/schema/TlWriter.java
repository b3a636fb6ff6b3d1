package propusk.sandbox.dc.schema;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Writes TL's basic values one after another; the counterpart of [TlReader].
public final class TlWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public TlWriter writeInt(int value) {
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      out.write(value >>> shift);
    }
    return this;
  }

  public TlWriter writeLong(long value) {
    return writeInt((int) value).writeInt((int) (value >>> Integer.SIZE));
  }

  public TlWriter writeRaw(byte[] raw) {
    out.writeBytes(raw);
    return this;
  }

  TlWriter writeDouble(double value) {
    return writeLong(Double.doubleToRawLongBits(value));
  }

  TlWriter writeBytes(byte[] value) {
    int header = 1;
    if (value.length < 254) {
      out.write(value.length);
    } else {
      header = 4;
      writeInt(254 | (value.length << Byte.SIZE));
    }
    out.writeBytes(value);
    return writeRaw(new byte[-(header + value.length) & 3]);
  }

  TlWriter writeString(String value) {
    return writeBytes(value.getBytes(StandardCharsets.UTF_8));
  }

  public byte[] toBytes() {
    return out.toByteArray();
  }
}
