package propusk.sandbox.dc.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-1 and SHA-256 of several byte strings put together.
public final class Digests {
  private Digests() {}

  public static byte[] sha1(byte[]... parts) {
    return digest("SHA-1", parts);
  }

  public static byte[] sha256(byte[]... parts) {
    return digest("SHA-256", parts);
  }

  private static byte[] digest(String algorithm, byte[]... parts) {
    try {
      var digest = MessageDigest.getInstance(algorithm);
      for (var part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
