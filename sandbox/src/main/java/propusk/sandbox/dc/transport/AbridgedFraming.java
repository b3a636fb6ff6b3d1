package propusk.sandbox.dc.transport;

import static propusk.sandbox.dc.crypto.Octets.join;
import static propusk.sandbox.dc.crypto.Octets.reversed;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// The length in words of four bytes, in one byte or four, before each packet.
///
/// See <https://core.telegram.org/mtproto/mtproto-transports#abridged>.
record AbridgedFraming() implements Framing {
  private static final int LONG_FORM = 0x7f;
  private static final int QUICK_ACK = 0x80;

  @Override
  public Packet read(InputStream in) throws IOException {
    int first = Framing.readFully(in, 1)[0] & 0xff;
    int words = first & ~QUICK_ACK;
    if (words == LONG_FORM) {
      var length = Framing.readFully(in, 3);
      words = (length[0] & 0xff) | ((length[1] & 0xff) << 8) | ((length[2] & 0xff) << 16);
    }
    return new Packet(Framing.readFully(in, 4 * words), (first & QUICK_ACK) != 0);
  }

  @Override
  public void write(OutputStream out, byte[] payload) throws IOException {
    int words = payload.length / 4;
    var header =
        words < LONG_FORM
            ? new byte[] {(byte) words}
            : Framing.littleEndian(LONG_FORM | (words << Byte.SIZE));
    out.write(join(header, payload));
  }

  @Override
  public void writeQuickAck(OutputStream out, int token) throws IOException {
    out.write(reversed(Framing.littleEndian(token)));
  }
}
