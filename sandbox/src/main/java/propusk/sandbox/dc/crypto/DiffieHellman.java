package propusk.sandbox.dc.crypto;

import java.math.BigInteger;
import java.security.SecureRandom;

/// The server's side of one key agreement, in the group that all of Telegram uses.
///
/// See <https://core.telegram.org/mtproto/auth_key>.
public final class DiffieHellman {
  /// The generator that goes with [#PRIME].
  public static final int G = 3;

  /// Telegram's well-known safe prime of 2048 bits. Clients know it and skip their costly checks.
  public static final BigInteger PRIME =
      new BigInteger(
          "c71caeb9c6b1c9048e6c522f70f13f73980d40238e3e21c14934d037563d930f"
              + "48198a0aa7c14058229493d22530f4dbfa336f6e0ac925139543aed44cce7c37"
              + "20fd51f69458705ac68cd4fe6b6b13abdc9746512969328454f18faf8c595f64"
              + "2477fe96bb2a941d5bcd1d4ac8cc49880708fa9b378e3c4f3a9060bee67cf9a4"
              + "a4a695811051907e162753b56b0f6b410dba74d8a84b2a14b3144e0ef1284754"
              + "fd17ed950d5965b4b9dd46582db1178d169c6bc465b0d6ff9ca3928fef5b9ae4"
              + "e418fc15e83ebea0f87fa9ff5eed70050ded2849f47bf959d956850ce929851f"
              + "0d8115f635b105ee2e4e15d04b2454bf6f4fadf034b10403119cd8e3b92fcc5b",
          16);

  private static final int KEY_BYTES = 256;

  /// Both sides' numbers must keep this far from 0 and from the prime.
  private static final BigInteger MARGIN = BigInteger.TWO.pow(2048 - 64);

  private final BigInteger secret;
  private final BigInteger ours;

  public DiffieHellman(SecureRandom random) {
    this.secret = new BigInteger(8 * KEY_BYTES - 1, random);
    this.ours = BigInteger.valueOf(G).modPow(secret, PRIME);
  }

  /// What the client needs of us: g to the power of our secret.
  public byte[] ours() {
    return Octets.unsigned(ours, KEY_BYTES);
  }

  /// The authorization key, 256 bytes.
  ///
  /// @throws IllegalArgumentException if the client's number is out of the allowed range
  public byte[] agree(byte[] theirs) {
    var number = new BigInteger(1, theirs);
    if (number.compareTo(MARGIN) < 0 || number.compareTo(PRIME.subtract(MARGIN)) > 0) {
      throw new IllegalArgumentException("g_b out of range");
    }
    return Octets.unsigned(number.modPow(secret, PRIME), KEY_BYTES);
  }

  /// The prime as it goes on the wire.
  public static byte[] prime() {
    return Octets.unsigned(PRIME, KEY_BYTES);
  }
}
