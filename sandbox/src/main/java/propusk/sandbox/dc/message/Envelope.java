package propusk.sandbox.dc.message;

import static propusk.sandbox.dc.crypto.Octets.cut;
import static propusk.sandbox.dc.crypto.Octets.join;
import static propusk.sandbox.dc.crypto.Octets.longAt;
import static propusk.sandbox.dc.crypto.Octets.ofLong;

import java.net.ProtocolException;
import java.security.SecureRandom;
import java.util.Arrays;
import propusk.sandbox.dc.crypto.MessageKeys;
import propusk.sandbox.dc.crypto.MessageKeys.Direction;
import propusk.sandbox.dc.handshake.AuthKey;
import propusk.sandbox.dc.schema.TlReader;
import propusk.sandbox.dc.schema.TlWriter;

/// The encryption around a message of MTProto 2.0.
///
/// See <https://core.telegram.org/mtproto/description#encrypted-message>.
///
/// @param session the number that the client made up for this run of it
/// @param quickAck what to say at once if the client wants to know that the packet arrived
record Envelope(long salt, long session, Message message, int quickAck) {
  private static final int HEADER = 24;

  /// Opens a client's packet.
  ///
  /// @throws ProtocolException if it was damaged or made with another key
  static Envelope open(AuthKey key, byte[] packet) throws ProtocolException {
    int length = (packet.length - HEADER) & ~15;
    if (length < 32) {
      throw new ProtocolException("packet of " + packet.length + " bytes");
    }
    var secret = key.bytes();
    var messageKey = cut(packet, 8, 16);
    var cipher = MessageKeys.cipher(secret, messageKey, Direction.FROM_CLIENT);
    var opened = cipher.decrypt(cut(packet, HEADER, length));
    var large = MessageKeys.messageKeyLarge(secret, opened, Direction.FROM_CLIENT);
    if (!Arrays.equals(cut(large, 8, 16), messageKey)) {
      throw new ProtocolException("damaged message");
    }
    var in = new TlReader(opened);
    long salt = in.readLong();
    long session = in.readLong();
    var message = new Message(in.readLong(), in.readInt(), in.readRaw(in.readInt()));
    return new Envelope(salt, session, message, (int) longAt(large, 0) | (1 << 31));
  }

  /// Seals a message of ours.
  static byte[] seal(AuthKey key, long salt, long session, Message message, SecureRandom random) {
    var body = message.body();
    var padding = new byte[12 + (-(body.length + 12) & 15)];
    random.nextBytes(padding);
    var plain =
        new TlWriter()
            .writeLong(salt)
            .writeLong(session)
            .writeLong(message.id())
            .writeInt(message.seqNo())
            .writeInt(body.length)
            .writeRaw(body)
            .writeRaw(padding)
            .toBytes();
    var secret = key.bytes();
    var large = MessageKeys.messageKeyLarge(secret, plain, Direction.FROM_SERVER);
    var messageKey = cut(large, 8, 16);
    var cipher = MessageKeys.cipher(secret, messageKey, Direction.FROM_SERVER);
    return join(ofLong(key.id()), messageKey, cipher.encrypt(plain));
  }
}
