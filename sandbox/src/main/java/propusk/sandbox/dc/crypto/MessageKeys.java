package propusk.sandbox.dc.crypto;

import static propusk.sandbox.dc.crypto.Digests.sha1;
import static propusk.sandbox.dc.crypto.Digests.sha256;
import static propusk.sandbox.dc.crypto.Octets.cut;
import static propusk.sandbox.dc.crypto.Octets.join;

/// The keys of single messages, derived from an authorization key of 256 bytes.
///
/// See <https://core.telegram.org/mtproto/description#defining-aes-key-and-initialization-vector>.
public final class MessageKeys {
  private MessageKeys() {}

  /// Who wrote a message: each direction uses another part of the key.
  public enum Direction {
    FROM_CLIENT(0),
    FROM_SERVER(8);

    private final int offset;

    Direction(int offset) {
      this.offset = offset;
    }
  }

  /// The 32 bytes of which the middle 16 are the message key, and the first 4 the quick
  /// acknowledgement.
  public static byte[] messageKeyLarge(byte[] authKey, byte[] padded, Direction direction) {
    return sha256(cut(authKey, 88 + direction.offset, 32), padded);
  }

  /// The cipher of a message of MTProto 2.0.
  public static AesIge cipher(byte[] authKey, byte[] messageKey, Direction direction) {
    int x = direction.offset;
    var a = sha256(messageKey, cut(authKey, x, 36));
    var b = sha256(cut(authKey, 40 + x, 36), messageKey);
    return new AesIge(
        join(cut(a, 0, 8), cut(b, 8, 16), cut(a, 24, 8)),
        join(cut(b, 0, 8), cut(a, 8, 16), cut(b, 24, 8)));
  }

  /// The cipher of a message of MTProto 1.0, which lives on in the binding of temporary keys.
  ///
  /// See
  /// <https://core.telegram.org/mtproto/description_v1#defining-aes-key-and-initialization-vector>.
  public static AesIge cipherV1(byte[] authKey, byte[] messageKey, Direction direction) {
    int x = direction.offset;
    var a = sha1(messageKey, cut(authKey, x, 32));
    var b = sha1(cut(authKey, 32 + x, 16), messageKey, cut(authKey, 48 + x, 16));
    var c = sha1(cut(authKey, 64 + x, 32), messageKey);
    var d = sha1(messageKey, cut(authKey, 96 + x, 32));
    return new AesIge(
        join(cut(a, 0, 8), cut(b, 8, 12), cut(c, 4, 12)),
        join(cut(a, 8, 12), cut(b, 0, 8), cut(c, 16, 4), cut(d, 0, 8)));
  }

  /// The cipher of the second half of a handshake.
  ///
  /// See
  /// <https://core.telegram.org/mtproto/auth_key#presenting-proof-of-work-server-authentication>.
  public static AesIge handshakeCipher(byte[] serverNonce, byte[] newNonce) {
    var newServer = sha1(newNonce, serverNonce);
    var serverNew = sha1(serverNonce, newNonce);
    var newNew = sha1(newNonce, newNonce);
    return new AesIge(
        join(newServer, cut(serverNew, 0, 12)),
        join(cut(serverNew, 12, 8), newNew, cut(newNonce, 0, 4)));
  }
}
