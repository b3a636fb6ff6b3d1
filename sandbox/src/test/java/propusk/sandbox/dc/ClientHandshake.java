package propusk.sandbox.dc;

import static propusk.sandbox.dc.crypto.Octets.cut;
import static propusk.sandbox.dc.crypto.Octets.join;
import static propusk.sandbox.dc.crypto.Octets.longAt;
import static propusk.sandbox.dc.crypto.Octets.reversed;
import static propusk.sandbox.dc.crypto.Octets.unsigned;
import static propusk.sandbox.dc.crypto.Octets.xor;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import propusk.sandbox.dc.crypto.AesIge;
import propusk.sandbox.dc.crypto.DiffieHellman;
import propusk.sandbox.dc.crypto.Digests;
import propusk.sandbox.dc.crypto.MessageKeys;
import propusk.sandbox.dc.schema.ClientCodec;
import propusk.sandbox.dc.schema.TlCodec;
import propusk.sandbox.dc.schema.TlObject;
import propusk.sandbox.dc.schema.TlReader;
import propusk.sandbox.dc.schema.TlWriter;
import propusk.sandbox.dc.transport.ClientWire;

/// The client's side of making an authorization key, as the protocol's page describes it.
final class ClientHandshake {
  private static final TlCodec CODEC = ClientCodec.of("mtproto.tl");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final BigInteger E = BigInteger.valueOf(65537);

  /// The two primes of the product that the data centre always gives.
  private static final byte[] P = HexFormat.of().parseHex("494c553b");

  private static final byte[] Q = HexFormat.of().parseHex("53911073");

  private final ClientWire wire;
  private final BigInteger modulus;
  private final byte[] nonce = bytes(16);
  private final byte[] newNonce = bytes(32);
  private long numbered;

  ClientHandshake(ClientWire wire, String publicKeyPem) {
    this.wire = wire;
    var der = Base64.getMimeDecoder().decode(publicKeyPem.replaceAll("-----[^-]*-----", ""));
    this.modulus = new BigInteger(1, cut(der, 9, 256));
  }

  /// Makes a key; a temporary one if the number of seconds is not zero.
  TestClient.Key run(int temporarySeconds) throws IOException {
    var begun = ask(TlObject.of("req_pq_multi", "nonce", nonce));
    var serverNonce = begun.bytes("server_nonce");
    var offer = ask(request(begun, padded(inner(begun, temporarySeconds))));
    var cipher = MessageKeys.handshakeCipher(serverNonce, newNonce);
    var opened = cipher.decrypt(offer.bytes("encrypted_answer"));
    var group = CODEC.read(new TlReader(cut(opened, 20, opened.length - 20)));
    var prime = new BigInteger(1, group.bytes("dh_prime"));
    var secret = new BigInteger(2040, RANDOM);
    var half = question("client_DH_inner_data", serverNonce);
    half.fields().put("retry_id", 0L);
    half.fields()
        .put("g_b", unsigned(BigInteger.valueOf(DiffieHellman.G).modPow(secret, prime), 256));
    var plain = CODEC.write(half);
    var withHash = join(Digests.sha1(plain), plain);
    var last = question("set_client_DH_params", serverNonce);
    last.fields()
        .put("encrypted_data", cipher.encrypt(join(withHash, bytes(-withHash.length & 15))));
    var done = ask(last);
    if (!done.name().equals("dh_gen_ok")) {
      throw new IOException("no key: " + done.name());
    }
    return new TestClient.Key(
        new BigInteger(1, group.bytes("g_a")).modPow(secret, prime),
        longAt(newNonce, 0) ^ longAt(serverNonce, 0));
  }

  private byte[] inner(TlObject begun, int temporarySeconds) {
    var kind = temporarySeconds == 0 ? "p_q_inner_data_dc" : "p_q_inner_data_temp_dc";
    var inner = question(kind, begun.bytes("server_nonce"));
    inner.fields().put("pq", begun.bytes("pq"));
    inner.fields().put("p", P);
    inner.fields().put("q", Q);
    inner.fields().put("new_nonce", newNonce);
    inner.fields().put("dc", 2);
    inner.fields().put("expires_in", temporarySeconds);
    return CODEC.write(inner);
  }

  private TlObject request(TlObject begun, byte[] sealed) {
    var request = question("req_DH_params", begun.bytes("server_nonce"));
    request.fields().put("p", P);
    request.fields().put("q", Q);
    var fingerprints = begun.bigs("server_public_key_fingerprints");
    request.fields().put("public_key_fingerprint", fingerprints.getFirst());
    request.fields().put("encrypted_data", sealed);
    return request;
  }

  /// The client's side of RSA_PAD.
  private byte[] padded(byte[] inner) {
    var padded = join(inner, bytes(192 - inner.length));
    while (true) {
      var oneTimeKey = bytes(32);
      var withHash = join(reversed(padded), Digests.sha256(oneTimeKey, padded));
      var sealed = new AesIge(oneTimeKey, new byte[32]).encrypt(withHash);
      var number = new BigInteger(1, join(xor(oneTimeKey, Digests.sha256(sealed)), sealed));
      if (number.compareTo(modulus) < 0) {
        return unsigned(number.modPow(E, modulus), 256);
      }
    }
  }

  private TlObject question(String name, byte[] serverNonce) {
    return TlObject.of(name, "nonce", nonce, "server_nonce", serverNonce);
  }

  private TlObject ask(TlObject question) throws IOException {
    var body = CODEC.write(question);
    numbered += 4;
    wire.write(
        new TlWriter()
            .writeLong(0)
            .writeLong(numbered)
            .writeInt(body.length)
            .writeRaw(body)
            .toBytes());
    var answer = new TlReader(wire.read());
    answer.readRaw(8 + 8);
    return CODEC.read(answer.readRaw(answer.readInt()));
  }

  private static byte[] bytes(int length) {
    var bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
