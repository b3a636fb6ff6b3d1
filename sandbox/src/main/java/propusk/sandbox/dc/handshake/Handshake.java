package propusk.sandbox.dc.handshake;

import static propusk.sandbox.dc.crypto.Octets.cut;
import static propusk.sandbox.dc.crypto.Octets.join;
import static propusk.sandbox.dc.crypto.Octets.longAt;

import java.net.ProtocolException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import propusk.sandbox.dc.crypto.DiffieHellman;
import propusk.sandbox.dc.crypto.Digests;
import propusk.sandbox.dc.crypto.MessageKeys;
import propusk.sandbox.dc.crypto.ServerKey;
import propusk.sandbox.dc.schema.Schema;
import propusk.sandbox.dc.schema.TlCodec;
import propusk.sandbox.dc.schema.TlObject;
import propusk.sandbox.dc.schema.TlReader;

/// The server's side of making an authorization key on one connection: three questions, three
/// answers.
///
/// See <https://core.telegram.org/mtproto/auth_key>.
public final class Handshake {
  private static final TlCodec CODEC = new TlCodec(Schema.mtproto(), 0);

  /// A product of two primes for the client's proof of work; any will do, so it is always this one.
  private static final byte[] PQ = HexFormat.of().parseHex("17ed48941a08f981");

  private final ServerKey serverKey;
  private final AuthKeys keys;
  private final InstantSource clock;
  private final SecureRandom random;
  private @Nullable Exchange exchange;

  /// One handshake under way: what both sides know so far.
  private record Exchange(
      TlObject nonces, Optional<TlObject> inner, Optional<DiffieHellman> agreement) {
    byte[] serverNonce() {
      return nonces.bytes("server_nonce");
    }

    byte[] newNonce() throws ProtocolException {
      return inner.orElseThrow(() -> new ProtocolException("too early")).bytes("new_nonce");
    }
  }

  public Handshake(ServerKey serverKey, AuthKeys keys, InstantSource clock, SecureRandom random) {
    this.serverKey = serverKey;
    this.keys = keys;
    this.clock = clock;
    this.random = random;
  }

  /// Answers one unencrypted message; empty if it needs no answer.
  ///
  /// @throws ProtocolException if the client breaks the protocol; nothing more can be said to it
  public Optional<byte[]> answer(byte[] message) throws ProtocolException {
    var call = CODEC.readCall(new TlReader(message));
    if (call.isEmpty()) {
      return Optional.empty();
    }
    var question = call.get();
    return switch (question.name()) {
      case "req_pq", "req_pq_multi" -> Optional.of(begin(question));
      case "req_DH_params" -> Optional.of(offer(question));
      case "set_client_DH_params" -> Optional.of(agree(question));
      default -> throw new ProtocolException("not encrypted: " + question.name());
    };
  }

  private byte[] begin(TlObject question) {
    var serverNonce = new byte[16];
    random.nextBytes(serverNonce);
    var nonces =
        TlObject.of("nonces", "nonce", question.bytes("nonce"), "server_nonce", serverNonce);
    exchange = new Exchange(nonces, Optional.empty(), Optional.empty());
    return CODEC.write(
        TlObject.of(
            "resPQ",
            "nonce",
            question.bytes("nonce"),
            "server_nonce",
            serverNonce,
            "pq",
            PQ,
            "server_public_key_fingerprints",
            List.of(serverKey.fingerprint())));
  }

  private byte[] offer(TlObject question) throws ProtocolException {
    var begun = continued(question);
    if (question.big("public_key_fingerprint") != serverKey.fingerprint()) {
      throw new ProtocolException("another server's key");
    }
    var padded =
        serverKey
            .unpad(question.bytes("encrypted_data"))
            .orElseThrow(() -> new ProtocolException("damaged inner data"));
    var inner = CODEC.read(padded);
    if (!Arrays.equals(inner.bytes("server_nonce"), begun.serverNonce())) {
      throw new ProtocolException("nonces differ");
    }
    var agreement = new DiffieHellman(random);
    exchange = new Exchange(begun.nonces(), Optional.of(inner), Optional.of(agreement));
    var answer =
        CODEC.write(
            TlObject.of(
                "server_DH_inner_data",
                "nonce",
                inner.bytes("nonce"),
                "server_nonce",
                begun.serverNonce(),
                "g",
                DiffieHellman.G,
                "dh_prime",
                DiffieHellman.prime(),
                "g_a",
                agreement.ours(),
                "server_time",
                (int) clock.instant().getEpochSecond()));
    var cipher = MessageKeys.handshakeCipher(begun.serverNonce(), inner.bytes("new_nonce"));
    return CODEC.write(
        TlObject.of(
            "server_DH_params_ok",
            "nonce",
            inner.bytes("nonce"),
            "server_nonce",
            begun.serverNonce(),
            "encrypted_answer",
            cipher.encrypt(withPadding(join(Digests.sha1(answer), answer)))));
  }

  private byte[] agree(TlObject question) throws ProtocolException {
    var offered = continued(question);
    var newNonce = offered.newNonce();
    var agreement =
        offered.agreement().orElseThrow(() -> new ProtocolException("no offer was made"));
    var cipher = MessageKeys.handshakeCipher(offered.serverNonce(), newNonce);
    var opened = cipher.decrypt(question.bytes("encrypted_data"));
    var body = new TlReader(cut(opened, 20, opened.length - 20));
    var inner = CODEC.read(body);
    if (!Arrays.equals(cut(opened, 0, 20), Digests.sha1(cut(opened, 20, body.position())))) {
      throw new ProtocolException("damaged answer");
    }
    var secret = agreement.agree(inner.bytes("g_b"));
    keys.add(
        AuthKey.fresh(
            secret,
            longAt(newNonce, 0) ^ longAt(offered.serverNonce(), 0),
            clock.instant(),
            lifeOf(offered)));
    exchange = null;
    var auxiliary = cut(Digests.sha1(secret), 0, 8);
    var proof = Digests.sha1(newNonce, new byte[] {1}, auxiliary);
    return CODEC.write(
        TlObject.of(
            "dh_gen_ok",
            "nonce",
            question.bytes("nonce"),
            "server_nonce",
            offered.serverNonce(),
            "new_nonce_hash1",
            cut(proof, 4, 16)));
  }

  private Optional<Instant> lifeOf(Exchange offered) {
    return offered
        .inner()
        .filter(inner -> inner.has("expires_in"))
        .map(inner -> clock.instant().plusSeconds(inner.number("expires_in")));
  }

  private Exchange continued(TlObject question) throws ProtocolException {
    var current = exchange;
    if (current == null || !Arrays.equals(question.bytes("server_nonce"), current.serverNonce())) {
      throw new ProtocolException("no such handshake");
    }
    return current;
  }

  private byte[] withPadding(byte[] data) {
    var padding = new byte[-data.length & 15];
    random.nextBytes(padding);
    return join(data, padding);
  }
}
