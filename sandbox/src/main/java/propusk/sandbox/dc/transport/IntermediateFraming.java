package propusk.sandbox.dc.transport;

import static propusk.sandbox.dc.crypto.Octets.join;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Optional;

/// Four bytes of length before each packet; with a source of randomness, padding behind it too.
///
/// See <https://core.telegram.org/mtproto/mtproto-transports#intermediate>.
record IntermediateFraming(Optional<SecureRandom> padding) implements Framing {
  private static final int QUICK_ACK = 1 << 31;

  @Override
  public Packet read(InputStream in) throws IOException {
    int length = Framing.readInt(in);
    return new Packet(Framing.readFully(in, length & ~QUICK_ACK), (length & QUICK_ACK) != 0);
  }

  @Override
  public void write(OutputStream out, byte[] payload) throws IOException {
    var tail = padding.map(IntermediateFraming::someBytes).orElse(new byte[0]);
    out.write(join(Framing.littleEndian(payload.length + tail.length), payload, tail));
  }

  @Override
  public void writeQuickAck(OutputStream out, int token) throws IOException {
    out.write(Framing.littleEndian(token));
  }

  private static byte[] someBytes(SecureRandom random) {
    var bytes = new byte[random.nextInt(16)];
    random.nextBytes(bytes);
    return bytes;
  }
}
