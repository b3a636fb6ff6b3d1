package propusk.sandbox.dc.message;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;

/// What `gzip_packed` holds: gzip by the protocol, but TDLib sends zlib's format, so both are read.
///
/// See <https://core.telegram.org/mtproto/service_messages#packed-object>.
final class Gzip {
  private static final int MOST = 1 << 22;

  private Gzip() {}

  static byte[] unpack(byte[] packed) throws ProtocolException {
    boolean gzip = packed.length > 2 && (packed[0] & 0xff) == 0x1f && (packed[1] & 0xff) == 0x8b;
    var raw = new ByteArrayInputStream(packed);
    try (var in = gzip ? new GZIPInputStream(raw) : new InflaterInputStream(raw)) {
      var unpacked = in.readNBytes(MOST + 1);
      if (unpacked.length > MOST) {
        throw new ProtocolException("packed too much");
      }
      return unpacked;
    } catch (IOException e) {
      throw new ProtocolException("not packed: " + e.getMessage());
    }
  }

  static byte[] pack(byte[] plain) {
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
