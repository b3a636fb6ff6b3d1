package propusk.domain.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.subtle.AesGcmJce;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Seals bytes with AES-256-GCM. A sealed value is `1 byte form (1) ‖ 4 bytes key id ‖ 12 bytes
/// nonce ‖ ciphertext ‖ 16 bytes tag`; the key id is the first 4 bytes of the key's SHA-256, so
/// that keys can be rotated: the first key seals, every key opens. The associated data binds a
/// value to its row and column. Safe for use by many threads.
public final class Sealer {
  private static final byte FORM = 1;
  private static final int HEADER = 5;

  private final int sealingKey;
  private final byte[] firstKey;
  private final Map<Integer, AesGcmJce> keys = new LinkedHashMap<>();

  /// @param keys 32 bytes each; the first one seals
  public Sealer(List<byte[]> keys) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("a sealer needs a key");
    }
    for (var key : keys) {
      this.keys.put(keyId(key), cipher(key));
    }
    this.firstKey = keys.getFirst().clone();
    this.sealingKey = keyId(firstKey);
  }

  /// Keys from configuration: base64, 32 bytes each, separated by commas, the newest first.
  ///
  /// @throws IllegalArgumentException in words when it is not that; the text is never repeated
  public static Sealer parse(String base64Keys) {
    var keys =
        Arrays.stream(base64Keys.split(","))
            .map(String::strip)
            .filter(key -> !key.isEmpty())
            .map(key -> Base64.getDecoder().decode(key))
            .toList();
    if (keys.isEmpty() || keys.stream().anyMatch(key -> key.length != 32)) {
      throw new IllegalArgumentException("a key is 32 bytes in base64: openssl rand -base64 32");
    }
    return new Sealer(keys);
  }

  /// A key for HMACs, derived from the first key and a purpose.
  public byte[] macKey(String purpose) {
    return Hashes.hmac(firstKey, "mac:" + purpose);
  }

  public byte[] seal(byte[] plain, String associatedData) {
    try {
      var cipher = keys.get(sealingKey);
      if (cipher == null) {
        throw new AssertionError("the sealing key is always there");
      }
      var sealed = cipher.encrypt(plain, associatedData.getBytes(UTF_8));
      return ByteBuffer.allocate(HEADER + sealed.length)
          .put(FORM)
          .putInt(sealingKey)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM refused to seal", e);
    }
  }

  /// @throws SealedDamaged when it does not open with any of our keys and this associated data
  public byte[] open(byte[] sealed, String associatedData) {
    if (sealed.length < HEADER || sealed[0] != FORM) {
      throw new SealedDamaged("not a sealed value");
    }
    var cipher = keys.get(ByteBuffer.wrap(sealed).getInt(1));
    if (cipher == null) {
      throw new SealedDamaged("sealed with a key that is not here");
    }
    try {
      return cipher.decrypt(
          Arrays.copyOfRange(sealed, HEADER, sealed.length), associatedData.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new SealedDamaged("the seal is broken or belongs to another row");
    }
  }

  private static int keyId(byte[] key) {
    return ByteBuffer.wrap(Hashes.sha256(key)).getInt();
  }

  private static AesGcmJce cipher(byte[] key) {
    try {
      return new AesGcmJce(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("a sealing key is 32 bytes", e);
    }
  }
}
