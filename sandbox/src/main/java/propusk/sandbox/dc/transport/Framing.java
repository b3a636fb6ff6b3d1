package propusk.sandbox.dc.transport;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;

/// How packets are told apart in a stream of bytes.
///
/// See <https://core.telegram.org/mtproto/mtproto-transports>.
interface Framing {
  /// No client of ours sends more in one packet.
  int MOST = 1 << 20;

  /// Waits for the next packet.
  ///
  /// @throws EOFException if the client left
  Packet read(InputStream in) throws IOException;

  void write(OutputStream out, byte[] payload) throws IOException;

  /// Tells that a packet arrived, by the token that it has.
  void writeQuickAck(OutputStream out, int token) throws IOException;

  static byte[] readFully(InputStream in, int length) throws IOException {
    if (length < 0 || length > MOST) {
      throw new ProtocolException("packet of " + length + " bytes");
    }
    var bytes = new byte[length];
    if (in.readNBytes(bytes, 0, length) < length) {
      throw new EOFException();
    }
    return bytes;
  }

  static int readInt(InputStream in) throws IOException {
    var bytes = readFully(in, Integer.BYTES);
    return (bytes[0] & 0xff)
        | ((bytes[1] & 0xff) << 8)
        | ((bytes[2] & 0xff) << 16)
        | ((bytes[3] & 0xff) << 24);
  }

  static byte[] littleEndian(int value) {
    return new byte[] {
      (byte) value, (byte) (value >>> 8), (byte) (value >>> 16), (byte) (value >>> 24)
    };
  }
}
