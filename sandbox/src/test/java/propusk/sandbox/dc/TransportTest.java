package propusk.sandbox.dc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import propusk.sandbox.dc.schema.TlObject;
import propusk.sandbox.dc.schema.TlWriter;
import propusk.sandbox.dc.transport.ClientWire;
import propusk.sandbox.dc.transport.ClientWire.Kind;
import propusk.sandbox.world.World;

/// From the first byte of a connection to an answered call, and what may go wrong between.
final class TransportTest {
  private static final int UNKNOWN_KEY = -404;

  @TempDir private Path directory;
  private World world;
  private DataCentre dc;

  @BeforeEach
  void start() {
    world = World.open(directory);
    dc = DataCentre.start(world, DataCentreConfig.onFreePort());
  }

  @AfterEach
  void stop() {
    dc.close();
    world.close();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void eachWayToTalkLeadsToAKeyAndAnAnsweredCall(Kind kind) throws IOException {
    try (var client = TestClient.connect(dc, kind)) {
      assertEquals(2, client.ask("help.getNearestDc").number("nearest_dc"));
    }
  }

  @Test
  void anUnknownKeyIsToldSo() throws IOException {
    try (var wire = wire(Kind.INTERMEDIATE)) {
      var packet = new byte[64];
      packet[0] = 1;
      wire.write(packet);
      assertEquals(4, wire.readInt());
      assertEquals(UNKNOWN_KEY, wire.readInt());
    }
  }

  @Test
  void aKeyIsKnownAfterARestart() throws IOException {
    TestClient.Key key;
    try (var client = TestClient.connect(dc, Kind.PROXY_PADDED)) {
      key = client.key();
    }
    var pem = dc.publicKeyPem();
    var secret = dc.proxySecret();
    stop();
    start();
    assertEquals(pem, dc.publicKeyPem());
    assertEquals(secret, dc.proxySecret());
    try (var client = TestClient.connect(dc, key)) {
      assertEquals(2, client.ask("help.getNearestDc").number("this_dc"));
    }
  }

  @Test
  void aWrongSaltIsPutRight() throws IOException {
    try (var client = TestClient.connect(dc, Kind.PROXY_INTERMEDIATE)) {
      client.salt = 1;
      long wrong = client.send(TestClient.SERVICE.write(TlObject.of("ping", "ping_id", 5L)));
      var bad = client.await(TestClient.SERVICE, "bad_server_salt");
      assertEquals(wrong, bad.big("bad_msg_id"));
      client.salt = bad.big("new_server_salt");
      client.send(TestClient.SERVICE.write(TlObject.of("ping", "ping_id", 6L)));
      var created = client.await(TestClient.SERVICE, "new_session_created");
      assertEquals(client.salt, created.big("server_salt"));
      assertEquals(6L, client.await(TestClient.SERVICE, "pong").big("ping_id"));
    }
  }

  @Test
  void saltsOfTheNextHoursAreGivenAndTaken() throws IOException {
    try (var client = TestClient.connect(dc, Kind.PROXY_INTERMEDIATE)) {
      client.send(TestClient.SERVICE.write(TlObject.of("get_future_salts", "num", 3)));
      var salts = client.await(TestClient.SERVICE, "future_salts").list("salts");
      assertEquals(3, salts.size());
      client.salt = ((TlObject) salts.getFirst()).big("salt");
      assertEquals(2, client.ask("help.getNearestDc").number("this_dc"));
    }
  }

  @Test
  void aRepeatedRequestIsAnsweredAgainAndWorkedOnOnce() throws IOException {
    try (var client = TestClient.connect(dc, Kind.PROXY_INTERMEDIATE)) {
      long id = client.nextId();
      var call = TestClient.wrapped(TestClient.API.write(TlObject.of("help.getNearestDc")));
      client.wire.write(client.sealed(id, call));
      var first = client.answerTo(id);
      client.wire.write(client.sealed(id, call));
      assertEquals(hex(first), hex(client.answerTo(id)));
      assertEquals(1, world.calls().count("help.getNearestDc"));
    }
  }

  @Test
  void stateOfMessagesIsToldOnRequest() throws IOException {
    try (var client = TestClient.connect(dc, Kind.PROXY_INTERMEDIATE)) {
      var call = TestClient.wrapped(TestClient.API.write(TlObject.of("help.getNearestDc")));
      long known = client.send(call);
      client.answerTo(known);
      var asked = TlObject.of("msgs_state_req", "msg_ids", List.of(known, known + 4));
      client.send(TestClient.SERVICE.write(asked));
      var info = client.await(TestClient.SERVICE, "msgs_state_info").bytes("info");
      assertEquals("0401", hex(info));
    }
  }

  @Test
  void aMessageFromThePastIsComplainedAbout() throws IOException {
    try (var client = TestClient.connect(dc, Kind.PROXY_INTERMEDIATE)) {
      long old = client.nextId() - (600L << 32);
      client.wire.write(
          client.sealed(old, TestClient.SERVICE.write(TlObject.of("ping", "ping_id", 1L))));
      var bad = client.await(TestClient.SERVICE, "bad_msg_notification");
      assertEquals(16, bad.number("error_code"));
    }
  }

  @Test
  void aQuickAcknowledgementComesFirst() throws IOException {
    try (var client = TestClient.connect(dc, Kind.INTERMEDIATE)) {
      var ping = TestClient.SERVICE.write(TlObject.of("ping", "ping_id", 9L));
      client.wire.writeWantingQuickAck(client.sealed(client.nextId(), ping));
      assertTrue(client.wire.readInt() < 0);
      assertEquals(9L, client.await(TestClient.SERVICE, "pong").big("ping_id"));
    }
  }

  @Test
  void aContainerIsTakenApartAndPackedCallsAreRead() throws IOException {
    try (var client = TestClient.connect(dc, Kind.PROXY_INTERMEDIATE)) {
      var ping = TestClient.SERVICE.write(TlObject.of("ping", "ping_id", 3L));
      var call = TestClient.wrapped(zlib(TestClient.API.write(TlObject.of("help.getConfig"))));
      long one = client.nextId();
      long two = client.nextId();
      client.send(
          new TlWriter()
              .writeInt(0x73f1f8dc)
              .writeInt(2)
              .writeLong(one)
              .writeInt(0)
              .writeInt(ping.length)
              .writeRaw(ping)
              .writeLong(two)
              .writeInt(1)
              .writeInt(call.length)
              .writeRaw(call)
              .toBytes());
      assertEquals(3L, client.await(TestClient.SERVICE, "pong").big("ping_id"));
      var config = TestClient.API.read(client.answerTo(two));
      assertEquals(5, config.list("dc_options").size());
    }
  }

  @Test
  void aResetForgetsKeysAndCutsConnections() throws IOException {
    try (var client = TestClient.connect(dc, Kind.INTERMEDIATE)) {
      world.reset();
      assertThrows(IOException.class, () -> client.ask("help.getNearestDc"));
      try (var again = TestClient.connect(dc, client.key())) {
        again.send(TestClient.SERVICE.write(TlObject.of("ping", "ping_id", 1L)));
        assertEquals(4, again.wire.read().length);
      }
    }
  }

  @Test
  void aDestroyedKeyIsForgotten() throws IOException {
    try (var client = TestClient.connect(dc, Kind.PROXY_INTERMEDIATE)) {
      client.send(TestClient.SERVICE.write(TlObject.of("destroy_auth_key")));
      client.await(TestClient.SERVICE, "destroy_auth_key_ok");
      client.send(TestClient.SERVICE.write(TlObject.of("ping", "ping_id", 1L)));
      assertEquals(4, client.wire.read().length);
    }
  }

  @Test
  void noiseEndsAConnectionAndNothingElse() throws IOException {
    var random = new SecureRandom();
    for (var kind : Kind.values()) {
      for (int length = 0; length < 200; length += 20) {
        try (var wire = wire(kind)) {
          var noise = new byte[length];
          random.nextBytes(noise);
          wire.writeRaw(noise);
        }
      }
    }
    try (var client = TestClient.connect(dc, Kind.ABRIDGED)) {
      assertEquals(2, client.ask("help.getNearestDc").number("this_dc"));
    }
  }

  @Test
  void aConnectionFromBeforeTheEndOfTheDataCentreIsCut() throws IOException {
    try (var client = TestClient.connect(dc, Kind.ABRIDGED)) {
      dc.close();
      assertThrows(IOException.class, () -> client.ask("help.getNearestDc"));
    }
    assertFalse(world.calls().count("help.getNearestDc") > 0);
  }

  private ClientWire wire(Kind kind) throws IOException {
    return ClientWire.connect(dc.port(), kind, HexFormat.of().parseHex(dc.proxySecret()));
  }

  private static byte[] zlib(byte[] plain) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var out = new DeflaterOutputStream(packed)) {
      out.write(plain);
    }
    return TestClient.SERVICE.write(
        TlObject.of("gzip_packed", "packed_data", packed.toByteArray()));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
