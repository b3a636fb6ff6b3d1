package propusk.sandbox.dc.crypto;

import static propusk.sandbox.dc.crypto.Digests.sha256;
import static propusk.sandbox.dc.crypto.Octets.unsigned;
import static propusk.sandbox.dc.crypto.Octets.xor;

import java.math.BigInteger;
import java.security.SecureRandom;

/// The client's side of a password check, as the protocol's page describes it.
final class SrpClient {
  private static final BigInteger P = DiffieHellman.PRIME;
  private static final BigInteger G = BigInteger.valueOf(DiffieHellman.G);

  private final byte[] ours;
  private final byte[] proof;

  SrpClient(PasswordCheck.Verifier typed, byte[] theirs, SecureRandom random) {
    var x = typed.exponent();
    var a = new BigInteger(2000, random);
    ours = unsigned(G.modPow(a, P), 256);
    var gBytes = unsigned(G, 256);
    var k = new BigInteger(1, sha256(DiffieHellman.prime(), gBytes));
    var u = new BigInteger(1, sha256(ours, theirs));
    var base = new BigInteger(1, theirs).subtract(k.multiply(G.modPow(x, P))).mod(P);
    var shared = base.modPow(a.add(u.multiply(x)), P);
    proof =
        sha256(
            xor(sha256(DiffieHellman.prime()), sha256(gBytes)),
            sha256(typed.salt1()),
            sha256(typed.salt2()),
            ours,
            theirs,
            sha256(unsigned(shared, 256)));
  }

  byte[] ours() {
    return ours;
  }

  byte[] proof() {
    return proof;
  }
}
