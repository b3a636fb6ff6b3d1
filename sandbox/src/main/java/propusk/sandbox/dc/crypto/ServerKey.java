package propusk.sandbox.dc.crypto;

import static propusk.sandbox.dc.crypto.Octets.join;
import static propusk.sandbox.dc.crypto.Octets.unsigned;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Base64;
import javax.crypto.Cipher;

/// The data centre's RSA key of 2048 bits, by which clients know it.
public final class ServerKey {
  private static final int BITS = 2048;
  private static final int BYTES = BITS / 8;

  private final RSAPrivateCrtKey key;
  private final long fingerprint;

  private ServerKey(RSAPrivateCrtKey key) {
    this.key = key;
    this.fingerprint = fingerprintOf(key);
  }

  public static ServerKey generate(SecureRandom random) {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(new RSAKeyGenParameterSpec(BITS, RSAKeyGenParameterSpec.F4), random);
      return new ServerKey((RSAPrivateCrtKey) generator.generateKeyPair().getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Reads what [#toPkcs8] wrote.
  public static ServerKey ofPkcs8(byte[] encoded) {
    try {
      var spec = new PKCS8EncodedKeySpec(encoded);
      return new ServerKey((RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(spec));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(e);
    }
  }

  public byte[] toPkcs8() {
    return key.getEncoded();
  }

  /// The public half as PKCS#1 in PEM, 64 characters a line, no line feed at the end.
  public String publicPem() {
    var der = sequence(join(integer(key.getModulus()), integer(key.getPublicExponent())));
    var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN RSA PUBLIC KEY-----\n" + lines + "\n-----END RSA PUBLIC KEY-----";
  }

  /// The name by which clients pick a key: the low 64 bits of the SHA-1 of its TL form.
  public long fingerprint() {
    return fingerprint;
  }

  /// Opens what a client sealed for us, 256 bytes.
  ///
  /// @throws IllegalArgumentException if it is no number below the key's modulus
  public byte[] open(byte[] encrypted) {
    try {
      var rsa = Cipher.getInstance("RSA/ECB/NoPadding");
      rsa.init(Cipher.DECRYPT_MODE, key);
      return unsigned(new BigInteger(1, rsa.doFinal(encrypted)), BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static long fingerprintOf(RSAPrivateCrtKey key) {
    var modulus = unsigned(key.getModulus());
    var exponent = unsigned(key.getPublicExponent());
    var out = new ByteArrayOutputStream();
    out.write(254);
    out.write(modulus.length);
    out.write(modulus.length >>> 8);
    out.write(0);
    out.writeBytes(modulus);
    out.write(exponent.length);
    out.writeBytes(exponent);
    return Octets.longAt(Digests.sha1(out.toByteArray()), 12);
  }

  private static byte[] integer(BigInteger value) {
    return der(0x02, value.toByteArray());
  }

  private static byte[] sequence(byte[] content) {
    return der(0x30, content);
  }

  private static byte[] der(int tag, byte[] content) {
    int length = content.length;
    var header =
        length < 128
            ? new byte[] {(byte) tag, (byte) length}
            : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >>> 8), (byte) length};
    return join(header, content);
  }
}
