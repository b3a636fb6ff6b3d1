package propusk.sandbox.dc.handshake;

import static propusk.sandbox.dc.crypto.Octets.cut;
import static propusk.sandbox.dc.crypto.Octets.join;

import java.net.ProtocolException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import propusk.sandbox.dc.crypto.DiffieHellman;
import propusk.sandbox.dc.crypto.Digests;
import propusk.sandbox.dc.crypto.ServerKey;
import propusk.sandbox.dc.schema.Schema;
import propusk.sandbox.dc.schema.TlCodec;
import propusk.sandbox.dc.schema.TlObject;
import propusk.sandbox.dc.schema.TlReader;

/// The server's side of making authorization keys: three questions of each client, three answers.
///
/// A handshake may go on over another connection than it began on. Safe for many threads. See
/// <https://core.telegram.org/mtproto/auth_key>.
public final class Handshakes {
  private static final TlCodec CODEC = new TlCodec(Schema.mtproto(), 0);

  /// A product of two primes for the client's proof of work; any will do, so it is always this one.
  private static final byte[] PQ = HexFormat.of().parseHex("17ed48941a08f981");

  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final int WORTH_CLEANING = 1024;

  private final ServerKey serverKey;
  private final AuthKeys keys;
  private final InstantSource clock;
  private final SecureRandom random;
  private final ConcurrentHashMap<String, Exchange> exchanges = new ConcurrentHashMap<>();

  public Handshakes(ServerKey serverKey, AuthKeys keys, InstantSource clock, SecureRandom random) {
    this.serverKey = serverKey;
    this.keys = keys;
    this.clock = clock;
    this.random = random;
  }

  /// Answers one unencrypted message; empty if it needs no answer.
  ///
  /// @param addressedDc the data centre that a client means which does not name one in its message
  /// @throws ProtocolException if the client breaks the protocol; nothing more can be said to it
  public Optional<byte[]> answer(byte[] message, int addressedDc) throws ProtocolException {
    var call = CODEC.readCall(new TlReader(message));
    if (call.isEmpty()) {
      return Optional.empty();
    }
    var question = call.get();
    return switch (question.name()) {
      case "req_pq", "req_pq_multi" -> Optional.of(begin(question));
      case "req_DH_params" -> Optional.of(offer(question));
      case "set_client_DH_params" -> Optional.of(agree(question, addressedDc));
      default -> throw new ProtocolException("not encrypted: " + question.name());
    };
  }

  private byte[] begin(TlObject question) {
    forgetOld();
    var serverNonce = new byte[16];
    random.nextBytes(serverNonce);
    var exchange = new Exchange(clock.instant(), question.bytes("nonce"), serverNonce);
    exchanges.put(name(serverNonce), exchange);
    var answer = answerTo(exchange, "resPQ");
    answer.fields().put("pq", PQ);
    answer.fields().put("server_public_key_fingerprints", List.of(serverKey.fingerprint()));
    return CODEC.write(answer);
  }

  private byte[] offer(TlObject question) throws ProtocolException {
    var exchange = continued(question);
    if (question.big("public_key_fingerprint") != serverKey.fingerprint()) {
      throw new ProtocolException("another server's key");
    }
    var sealed = InnerData.read(serverKey.open(question.bytes("encrypted_data")));
    var agreement = exchange.offer(sealed, random);
    var inner = answerTo(exchange, "server_DH_inner_data");
    inner.fields().put("g", DiffieHellman.G);
    inner.fields().put("dh_prime", DiffieHellman.prime());
    inner.fields().put("g_a", agreement.ours());
    inner.fields().put("server_time", (int) clock.instant().getEpochSecond());
    var plain = CODEC.write(inner);
    var encrypted = exchange.cipher().encrypt(withPadding(join(Digests.sha1(plain), plain)));
    var answer = answerTo(exchange, "server_DH_params_ok");
    answer.fields().put("encrypted_answer", encrypted);
    return CODEC.write(answer);
  }

  private byte[] agree(TlObject question, int addressedDc) throws ProtocolException {
    var exchange = continued(question);
    var opened = exchange.cipher().decrypt(question.bytes("encrypted_data"));
    var body = cut(opened, 20, opened.length - 20);
    var in = new TlReader(body);
    var inner = CODEC.read(in);
    if (!Arrays.equals(cut(opened, 0, 20), Digests.sha1(cut(body, 0, in.position())))) {
      throw new ProtocolException("damaged answer");
    }
    var secret = exchange.agree(inner.bytes("g_b"));
    var now = clock.instant();
    int dc = exchange.dc().orElse(addressedDc);
    keys.add(AuthKey.fresh(dc, secret, exchange.firstSalt(), now, exchange.expiresAt(now)));
    var auxiliary = cut(Digests.sha1(secret), 0, 8);
    var proof = Digests.sha1(exchange.newNonce(), new byte[] {1}, auxiliary);
    var answer = answerTo(exchange, "dh_gen_ok");
    answer.fields().put("new_nonce_hash1", cut(proof, 4, 16));
    return CODEC.write(answer);
  }

  private Exchange continued(TlObject question) throws ProtocolException {
    var exchange = exchanges.get(name(question.bytes("server_nonce")));
    if (exchange == null || !Arrays.equals(question.bytes("nonce"), exchange.nonce())) {
      throw new ProtocolException("no such handshake");
    }
    return exchange;
  }

  private void forgetOld() {
    if (exchanges.size() > WORTH_CLEANING) {
      var oldest = clock.instant().minus(LONGEST);
      exchanges.values().removeIf(exchange -> exchange.begunAt().isBefore(oldest));
    }
  }

  private byte[] withPadding(byte[] data) {
    var padding = new byte[-data.length & 15];
    random.nextBytes(padding);
    return join(data, padding);
  }

  private static TlObject answerTo(Exchange exchange, String name) {
    return TlObject.of(name, "nonce", exchange.nonce(), "server_nonce", exchange.serverNonce());
  }

  private static String name(byte[] serverNonce) {
    return HexFormat.of().formatHex(serverNonce);
  }
}
