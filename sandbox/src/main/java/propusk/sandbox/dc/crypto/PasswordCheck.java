package propusk.sandbox.dc.crypto;

import static propusk.sandbox.dc.crypto.Digests.sha256;
import static propusk.sandbox.dc.crypto.Octets.join;
import static propusk.sandbox.dc.crypto.Octets.unsigned;
import static propusk.sandbox.dc.crypto.Octets.xor;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The server's side of checking a two-step password without being told it (SRP).
///
/// See <https://core.telegram.org/api/srp>.
public final class PasswordCheck {
  private static final BigInteger P = DiffieHellman.PRIME;
  private static final BigInteger G = BigInteger.valueOf(DiffieHellman.G);
  private static final byte[] G_BYTES = unsigned(G, 256);
  private static final int ITERATIONS = 100_000;

  private final Verifier verifier;
  private final BigInteger secret;
  private final byte[] ours;

  /// What the server keeps of a password.
  public static final class Verifier {
    private final byte[] salt1;
    private final byte[] salt2;
    private final BigInteger exponent;
    private final BigInteger value;

    /// Works the verifier out; takes a tenth of a second, so it is worth keeping.
    public Verifier(String password, byte[] salt1, byte[] salt2) {
      this.salt1 = salt1.clone();
      this.salt2 = salt2.clone();
      var bytes = password.getBytes(StandardCharsets.UTF_8);
      var first = salted(salted(bytes, salt1), salt2);
      var second = salted(stretched(first, salt1), salt2);
      this.exponent = new BigInteger(1, second);
      this.value = G.modPow(exponent, P);
    }

    public byte[] salt1() {
      return salt1.clone();
    }

    public byte[] salt2() {
      return salt2.clone();
    }

    /// What a client works out from the password.
    BigInteger exponent() {
      return exponent;
    }
  }

  /// Begins one check.
  public PasswordCheck(Verifier verifier, SecureRandom random) {
    this.verifier = verifier;
    this.secret = new BigInteger(2047, random);
    var k = new BigInteger(1, sha256(DiffieHellman.prime(), G_BYTES));
    var sum = k.multiply(verifier.value).add(G.modPow(secret, P));
    this.ours = unsigned(sum.mod(P), 256);
  }

  /// What the client needs of us: B.
  public byte[] ours() {
    return ours.clone();
  }

  /// Whether the client knows the password.
  ///
  /// @param theirs the client's number A
  /// @param proof what only somebody who knows the password can work out: M1
  public boolean proves(byte[] theirs, byte[] proof) {
    var a = new BigInteger(1, theirs);
    if (a.signum() == 0 || a.compareTo(P) >= 0) {
      return false;
    }
    var paddedA = unsigned(a, 256);
    var u = new BigInteger(1, sha256(paddedA, ours));
    var shared = a.multiply(verifier.value.modPow(u, P)).modPow(secret, P);
    var expected =
        sha256(
            xor(sha256(DiffieHellman.prime()), sha256(G_BYTES)),
            sha256(verifier.salt1),
            sha256(verifier.salt2),
            paddedA,
            ours,
            sha256(unsigned(shared, 256)));
    return MessageDigest.isEqual(expected, proof);
  }

  private static byte[] salted(byte[] data, byte[] salt) {
    return sha256(salt, data, salt);
  }

  /// PBKDF2 with HMAC-SHA-512, one block; the JDK's takes only text for a password.
  private static byte[] stretched(byte[] data, byte[] salt) {
    try {
      var mac = Mac.getInstance("HmacSHA512");
      mac.init(new SecretKeySpec(data, "HmacSHA512"));
      var round = mac.doFinal(join(salt, new byte[] {0, 0, 0, 1}));
      var result = round.clone();
      for (int i = 1; i < ITERATIONS; i++) {
        round = mac.doFinal(round);
        for (int j = 0; j < result.length; j++) {
          result[j] ^= round[j];
        }
      }
      return result;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
