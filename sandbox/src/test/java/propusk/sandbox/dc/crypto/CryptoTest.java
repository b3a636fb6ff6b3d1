package propusk.sandbox.dc.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class CryptoTest {
  private static final HexFormat HEX = HexFormat.of();
  private final SecureRandom random = new SecureRandom();

  /// The first of OpenSSL's published vectors for this mode.
  @Test
  void igeGivesThePublishedResult() {
    var key = HEX.parseHex("000102030405060708090a0b0c0d0e0f");
    var iv = HEX.parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    var expected = HEX.parseHex("1a8519a6557be652e9da8e43da4ef4453cf456b4ca488aa383c79c98b34797cb");
    var ige = new AesIge(key, iv);
    assertArrayEquals(expected, ige.encrypt(new byte[32]));
    assertArrayEquals(new byte[32], ige.decrypt(expected));
    assertThrows(IllegalArgumentException.class, () -> ige.encrypt(new byte[17]));
  }

  @Test
  void bothSidesOfAnAgreementGetTheSameKey() {
    var server = new DiffieHellman(random);
    var client = new BigInteger(2040, random);
    var g = BigInteger.valueOf(DiffieHellman.G);
    var theirs = Octets.unsigned(g.modPow(client, DiffieHellman.PRIME), 256);
    var ours = new BigInteger(1, server.ours()).modPow(client, DiffieHellman.PRIME);
    assertArrayEquals(Octets.unsigned(ours, 256), server.agree(theirs));
  }

  @Test
  void numbersThatGiveTheKeyAwayAreRefused() {
    var server = new DiffieHellman(random);
    for (var weak : new BigInteger[] {BigInteger.ZERO, BigInteger.ONE, DiffieHellman.PRIME}) {
      var bytes = Octets.unsigned(weak, 256);
      assertThrows(IllegalArgumentException.class, () -> server.agree(bytes));
    }
  }

  @Test
  void thePrimeIsSafe() {
    var half = DiffieHellman.PRIME.shiftRight(1);
    assertEquals(2048, DiffieHellman.PRIME.bitLength());
    assertTrue(DiffieHellman.PRIME.isProbablePrime(20) && half.isProbablePrime(20));
  }

  @Test
  void everyServerKeyHasThePemLengthOfTheOneItReplaces() {
    var key = ServerKey.generate(random);
    var again = ServerKey.ofPkcs8(key.toPkcs8());
    assertEquals(425, key.publicPem().length());
    assertEquals(key.publicPem(), again.publicPem());
    assertEquals(key.fingerprint(), again.fingerprint());
  }

  @Test
  void aServerKeyOpensOnlyWhatFitsIt() {
    var key = ServerKey.generate(random);
    var noise = new byte[256];
    random.nextBytes(noise);
    noise[0] = 0;
    assertEquals(256, key.open(noise).length);
    assertThrows(IllegalArgumentException.class, () -> key.open(new byte[300]));
  }

  @Test
  void onlyWhoKnowsThePasswordProvesIt() {
    var verifier = new PasswordCheck.Verifier("секрет", new byte[] {1}, new byte[] {2});
    assertTrue(provesAs(verifier, verifier));
    var wrong = new PasswordCheck.Verifier("Секрет", new byte[] {1}, new byte[] {2});
    assertFalse(provesAs(verifier, wrong));
    var check = new PasswordCheck(verifier, random);
    assertFalse(check.proves(new byte[256], new byte[32]));
    assertFalse(check.proves(DiffieHellman.prime(), new byte[32]));
  }

  private boolean provesAs(PasswordCheck.Verifier kept, PasswordCheck.Verifier typed) {
    var check = new PasswordCheck(kept, random);
    var client = new SrpClient(typed, check.ours(), random);
    return check.proves(client.ours(), client.proof());
  }

  @Test
  void eachDirectionHasItsOwnKeys() {
    var authKey = new byte[256];
    random.nextBytes(authKey);
    var messageKey = new byte[16];
    var text = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    var client = MessageKeys.cipher(authKey, messageKey, MessageKeys.Direction.FROM_CLIENT);
    var server = MessageKeys.cipher(authKey, messageKey, MessageKeys.Direction.FROM_SERVER);
    assertArrayEquals(text, client.decrypt(client.encrypt(text)));
    assertFalse(Arrays.equals(client.encrypt(text), server.encrypt(text)));
  }
}
