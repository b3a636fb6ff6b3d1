package propusk.sandbox.dc.handshake;

import static propusk.sandbox.dc.crypto.Octets.cut;
import static propusk.sandbox.dc.crypto.Octets.reversed;
import static propusk.sandbox.dc.crypto.Octets.xor;

import java.net.ProtocolException;
import java.util.Arrays;
import java.util.Optional;
import propusk.sandbox.dc.crypto.AesIge;
import propusk.sandbox.dc.crypto.Digests;
import propusk.sandbox.dc.schema.Schema;
import propusk.sandbox.dc.schema.TlCodec;
import propusk.sandbox.dc.schema.TlException;
import propusk.sandbox.dc.schema.TlObject;
import propusk.sandbox.dc.schema.TlReader;

/// What a client sealed with the server's RSA key: the `p_q_inner_data…` in one of two wrappings.
///
/// See <https://core.telegram.org/mtproto/auth_key#presenting-proof-of-work-server-authentication>.
final class InnerData {
  private static final TlCodec CODEC = new TlCodec(Schema.mtproto(), 0);
  private static final int SHA1 = 20;

  private InnerData() {}

  /// Reads the 256 bytes that the key opened.
  static TlObject read(byte[] opened) throws ProtocolException {
    return padded(opened)
        .or(() -> hashed(opened))
        .orElseThrow(() -> new ProtocolException("damaged inner data"));
  }

  /// `RSA_PAD`: a one-time key, then the reversed data and its SHA-256 under that key.
  private static Optional<TlObject> padded(byte[] opened) {
    var sealed = cut(opened, 32, opened.length - 32);
    var oneTimeKey = xor(cut(opened, 0, 32), Digests.sha256(sealed));
    var dataWithHash = new AesIge(oneTimeKey, new byte[32]).decrypt(sealed);
    var data = reversed(cut(dataWithHash, 0, 192));
    var hash = cut(dataWithHash, 192, 32);
    return Arrays.equals(hash, Digests.sha256(oneTimeKey, data))
        ? Optional.of(CODEC.read(data))
        : Optional.empty();
  }

  /// The older wrapping, which some clients still use: a zero, SHA-1 of the data, the data, noise.
  private static Optional<TlObject> hashed(byte[] opened) {
    var hash = cut(opened, 1, SHA1);
    var data = cut(opened, 1 + SHA1, opened.length - 1 - SHA1);
    try {
      var in = new TlReader(data);
      var inner = CODEC.read(in);
      boolean whole = Arrays.equals(hash, Digests.sha1(cut(data, 0, in.position())));
      return whole ? Optional.of(inner) : Optional.empty();
    } catch (TlException _) {
      return Optional.empty();
    }
  }
}
