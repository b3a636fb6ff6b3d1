package propusk.sandbox.dc.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/// AES-256 in «infinite garble extension» mode, which the JDK does not have.
///
/// See <https://core.telegram.org/mtproto/description#protocol-description>.
public final class AesIge {
  private static final int BLOCK = 16;

  private final byte[] key;
  private final byte[] iv;

  /// Takes the key and what stands for the block before the first.
  ///
  /// @param key 32 bytes
  /// @param iv 32 bytes: the cipher text's block, then the plain text's
  public AesIge(byte[] key, byte[] iv) {
    this.key = key.clone();
    this.iv = iv.clone();
  }

  /// Encrypts whole blocks.
  public byte[] encrypt(byte[] plain) {
    return run(Cipher.ENCRYPT_MODE, plain, Octets.cut(iv, 0, BLOCK), Octets.cut(iv, BLOCK, BLOCK));
  }

  /// Decrypts whole blocks.
  public byte[] decrypt(byte[] encrypted) {
    return run(
        Cipher.DECRYPT_MODE, encrypted, Octets.cut(iv, BLOCK, BLOCK), Octets.cut(iv, 0, BLOCK));
  }

  /// Each block is mixed with the last output before, and with the last input after, the cipher.
  private byte[] run(int mode, byte[] input, byte[] lastOutput, byte[] lastInput) {
    if (input.length % BLOCK != 0) {
      throw new IllegalArgumentException("no whole blocks: " + input.length);
    }
    try {
      var aes = Cipher.getInstance("AES/ECB/NoPadding");
      aes.init(mode, new SecretKeySpec(key, "AES"));
      var output = new byte[input.length];
      for (int at = 0; at < input.length; at += BLOCK) {
        var block = Octets.cut(input, at, BLOCK);
        lastOutput = Octets.xor(aes.update(Octets.xor(block, lastOutput)), lastInput);
        System.arraycopy(lastOutput, 0, output, at, BLOCK);
        lastInput = block;
      }
      return output;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
