package propusk.sandbox.dc.transport;

import static propusk.sandbox.dc.crypto.Octets.join;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.util.Arrays;
import java.util.zip.CRC32;

/// Length, number and checksum around each packet.
///
/// See <https://core.telegram.org/mtproto/mtproto-transports#full>.
final class FullFraming implements Framing {
  private static final int AROUND = 12;

  private int sent;

  @Override
  public Packet read(InputStream in) throws IOException {
    int length = Framing.readInt(in);
    var rest = Framing.readFully(in, length - Integer.BYTES);
    if (rest.length < 8) {
      throw new ProtocolException("packet of " + length + " bytes");
    }
    return new Packet(Arrays.copyOfRange(rest, 4, rest.length - 4), false);
  }

  @Override
  public void write(OutputStream out, byte[] payload) throws IOException {
    var packet =
        join(Framing.littleEndian(payload.length + AROUND), Framing.littleEndian(sent++), payload);
    var crc = new CRC32();
    crc.update(packet);
    out.write(join(packet, Framing.littleEndian((int) crc.getValue())));
  }

  @Override
  public void writeQuickAck(OutputStream out, int token) {
    // This framing has no way to ask for one.
  }
}
