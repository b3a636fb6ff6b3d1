package propusk.sandbox.dc;

import static propusk.sandbox.dc.crypto.Octets.cut;
import static propusk.sandbox.dc.crypto.Octets.join;
import static propusk.sandbox.dc.crypto.Octets.longAt;
import static propusk.sandbox.dc.crypto.Octets.ofLong;
import static propusk.sandbox.dc.crypto.Octets.unsigned;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import propusk.sandbox.dc.crypto.Digests;
import propusk.sandbox.dc.crypto.MessageKeys;
import propusk.sandbox.dc.crypto.MessageKeys.Direction;
import propusk.sandbox.dc.schema.ClientCodec;
import propusk.sandbox.dc.schema.TlCodec;
import propusk.sandbox.dc.schema.TlObject;
import propusk.sandbox.dc.schema.TlReader;
import propusk.sandbox.dc.schema.TlWriter;
import propusk.sandbox.dc.transport.ClientWire;

/// A client of our own, as small as the protocol allows, for what the real ones do not do on
/// demand.
final class TestClient implements AutoCloseable {
  static final TlCodec SERVICE = ClientCodec.of("mtproto.tl");
  static final TlCodec API = ClientCodec.of("telegram.tl");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int CONTAINER = 0x73f1f8dc;
  private static final int RESULT = 0xf35c6d01;

  final ClientWire wire;
  final byte[] authKey;
  private final long session = RANDOM.nextLong();
  private final Deque<byte[]> received = new ArrayDeque<>();
  long salt;
  private long lastId;
  private int numbered;

  /// What a handshake gives, to come back with.
  record Key(BigInteger number, long salt) {
    static final Key NONE = new Key(BigInteger.ZERO, 0);
  }

  private TestClient(DataCentre dc, ClientWire wire, Key key) throws IOException {
    this(dc, wire, key, 0);
  }

  private TestClient(DataCentre dc, ClientWire wire, Key key, int temporarySeconds)
      throws IOException {
    var made =
        key.equals(Key.NONE)
            ? new ClientHandshake(wire, dc.publicKeyPem()).run(temporarySeconds)
            : key;
    this.wire = wire;
    this.salt = made.salt();
    this.authKey = unsigned(made.number(), 256);
  }

  static TestClient connect(DataCentre dc, ClientWire.Kind kind) throws IOException {
    return new TestClient(dc, wire(dc, kind), Key.NONE);
  }

  /// Makes a temporary key of so many seconds.
  static TestClient connectTemporarily(DataCentre dc, int seconds) throws IOException {
    return new TestClient(dc, wire(dc, ClientWire.Kind.PROXY_INTERMEDIATE), Key.NONE, seconds);
  }

  static TestClient connect(DataCentre dc, Key key) throws IOException {
    return new TestClient(dc, wire(dc, ClientWire.Kind.PROXY_INTERMEDIATE), key);
  }

  Key key() {
    return new Key(new BigInteger(1, authKey), salt);
  }

  /// Calls a method as a client does that says who it is.
  byte[] call(TlObject method) throws IOException {
    return call(wrapped(API.write(method)));
  }

  byte[] call(byte[] method) throws IOException {
    return answerTo(send(method));
  }

  TlObject ask(String method, Object... parameters) throws IOException {
    return API.read(call(TlObject.of(method, parameters)));
  }

  /// The refusal of a method.
  String refusal(String method, Object... parameters) throws IOException {
    var error = SERVICE.read(call(TlObject.of(method, parameters)));
    return error.number("error_code") + " " + error.text("error_message");
  }

  static byte[] wrapped(byte[] method) {
    var connection =
        TlObject.of(
            "initConnection",
            "api_id",
            7,
            "device_model",
            "Test",
            "system_version",
            "Java",
            "app_version",
            "1",
            "system_lang_code",
            "ru",
            "lang_pack",
            "",
            "lang_code",
            "ru",
            "query",
            method);
    return API.write(TlObject.of("invokeWithLayer", "layer", 229, "query", API.write(connection)));
  }

  long nextId() {
    long now = Instant.now().getEpochSecond() << 32;
    lastId = Math.max(now, lastId + 4);
    return lastId;
  }

  long send(byte[] body) throws IOException {
    long id = nextId();
    wire.write(sealed(id, body));
    return id;
  }

  byte[] sealed(long id, byte[] body) {
    var padding = new byte[12 + (-(body.length + 12) & 15)];
    RANDOM.nextBytes(padding);
    var plain =
        new TlWriter()
            .writeLong(salt)
            .writeLong(session)
            .writeLong(id)
            .writeInt(2 * numbered++ + 1)
            .writeInt(body.length)
            .writeRaw(body)
            .writeRaw(padding)
            .toBytes();
    var messageKey = cut(MessageKeys.messageKeyLarge(authKey, plain, Direction.FROM_CLIENT), 8, 16);
    var cipher = MessageKeys.cipher(authKey, messageKey, Direction.FROM_CLIENT);
    return join(ofLong(keyId()), messageKey, cipher.encrypt(plain));
  }

  /// Puts this client's temporary key in the place of a permanent one.
  byte[] bind(Key permanent, int expiresAt) throws IOException {
    var permanentKey = unsigned(permanent.number(), 256);
    long permanentId = longAt(Digests.sha1(permanentKey), 12);
    var inner =
        SERVICE.write(
            TlObject.of(
                "bind_auth_key_inner",
                "nonce",
                5L,
                "temp_auth_key_id",
                keyId(),
                "perm_auth_key_id",
                permanentId,
                "temp_session_id",
                session,
                "expires_at",
                expiresAt));
    long id = nextId();
    var plain =
        new TlWriter()
            .writeRaw(bytes(16))
            .writeLong(id)
            .writeInt(0)
            .writeInt(inner.length)
            .writeRaw(inner)
            .toBytes();
    var messageKey = cut(Digests.sha1(plain), 4, 16);
    var cipher = MessageKeys.cipherV1(permanentKey, messageKey, Direction.FROM_CLIENT);
    var encrypted = cipher.encrypt(join(plain, bytes(-plain.length & 15)));
    var call =
        API.write(
            TlObject.of(
                "auth.bindTempAuthKey",
                "perm_auth_key_id",
                permanentId,
                "nonce",
                5L,
                "expires_at",
                expiresAt,
                "encrypted_message",
                join(ofLong(permanentId), messageKey, encrypted)));
    wire.write(sealed(id, wrapped(call)));
    return answerTo(id);
  }

  long keyId() {
    return longAt(Digests.sha1(authKey), 12);
  }

  /// Waits for the result of a request, and drops what comes before it.
  byte[] answerTo(long request) throws IOException {
    while (true) {
      var body = next();
      if (new TlReader(body).peekInt() == RESULT && longAt(body, 4) == request) {
        return unpacked(cut(body, 12, body.length - 12));
      }
    }
  }

  /// Waits for a message of the service or an update by this name.
  TlObject await(TlCodec codec, String name) throws IOException {
    while (true) {
      var read = codec.readKnown(new TlReader(next()));
      if (read.isPresent() && read.get().name().equals(name)) {
        return read.get();
      }
    }
  }

  private byte[] next() throws IOException {
    if (received.isEmpty()) {
      var packet = wire.read();
      var cipher = MessageKeys.cipher(authKey, cut(packet, 8, 16), Direction.FROM_SERVER);
      var in = new TlReader(cipher.decrypt(cut(packet, 24, (packet.length - 24) & ~15)));
      in.readRaw(8 + 8 + 8 + 4);
      take(in.readRaw(in.readInt()));
    }
    return received.remove();
  }

  private void take(byte[] body) {
    var in = new TlReader(body);
    if (in.peekInt() != CONTAINER) {
      received.add(body);
      return;
    }
    in.readInt();
    for (int left = in.readInt(); left > 0; left--) {
      in.readRaw(8 + 4);
      received.add(in.readRaw(in.readInt()));
    }
  }

  static byte[] unpacked(byte[] result) throws IOException {
    var known = SERVICE.readKnown(new TlReader(result));
    if (known.isEmpty() || !known.get().name().equals("gzip_packed")) {
      return result;
    }
    var packed = new ByteArrayInputStream(known.get().bytes("packed_data"));
    try (var in = new GZIPInputStream(packed)) {
      return in.readAllBytes();
    }
  }

  private static ClientWire wire(DataCentre dc, ClientWire.Kind kind) throws IOException {
    return ClientWire.connect(dc.port(), kind, HexFormat.of().parseHex(dc.proxySecret()));
  }

  private static byte[] bytes(int length) {
    var bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
