package propusk.sandbox.dc.transport;

import static propusk.sandbox.dc.crypto.Octets.cut;
import static propusk.sandbox.dc.crypto.Octets.join;
import static propusk.sandbox.dc.crypto.Octets.reversed;

import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.CipherInputStream;
import javax.crypto.CipherOutputStream;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import propusk.sandbox.dc.crypto.Digests;

/// The disguise of a whole connection that its first 64 bytes agree on («obfuscated2»).
///
/// See <https://core.telegram.org/mtproto/mtproto-transports#transport-obfuscation>.
final class Obfuscation {
  static final int HEADER = 64;
  private static final int TAG_AT = 56;
  private static final int DC_AT = 60;

  private final Cipher fromClient;
  private final Cipher toClient;
  private final byte[] opened;

  /// Reads the header that a client sent.
  ///
  /// @param secret of the MTProxy that the client believes to talk to; empty for none
  Obfuscation(byte[] header, byte[] secret) {
    this.fromClient = cipher(header, secret);
    this.toClient = cipher(reversed(header), secret);
    this.opened = fromClient.update(header);
  }

  /// Four equal bytes that name the framing; something else if the secret was wrong.
  int tag() {
    boolean equal =
        opened[TAG_AT] == opened[TAG_AT + 1]
            && opened[TAG_AT] == opened[TAG_AT + 2]
            && opened[TAG_AT] == opened[TAG_AT + 3];
    return equal ? opened[TAG_AT] & 0xff : 0;
  }

  /// The data centre that the client wants: below 0 for its media servers, from 10,000 on for test
  /// ones.
  int dcId() {
    return (short) ((opened[DC_AT] & 0xff) | (opened[DC_AT + 1] << Byte.SIZE));
  }

  InputStream in(InputStream raw) {
    return new CipherInputStream(raw, fromClient);
  }

  OutputStream out(OutputStream raw) {
    return new CipherOutputStream(raw, toClient);
  }

  private static Cipher cipher(byte[] header, byte[] secret) {
    var key = cut(header, 8, 32);
    try {
      var aes = Cipher.getInstance("AES/CTR/NoPadding");
      aes.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(secret.length == 0 ? key : Digests.sha256(join(key, secret)), "AES"),
          new IvParameterSpec(cut(header, 40, 16)));
      return aes;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
