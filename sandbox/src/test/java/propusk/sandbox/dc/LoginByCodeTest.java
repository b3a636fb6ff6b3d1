package propusk.sandbox.dc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import propusk.sandbox.dc.AcceptOutcome.Accepted;
import propusk.sandbox.dc.AcceptOutcome.AlreadyAccepted;
import propusk.sandbox.dc.AcceptOutcome.Expired;
import propusk.sandbox.dc.AcceptOutcome.Invalid;
import propusk.sandbox.dc.schema.TlObject;
import propusk.sandbox.dc.transport.ClientWire.Kind;
import propusk.sandbox.world.FaultPlan;
import propusk.sandbox.world.MethodFault;
import propusk.sandbox.world.NewPerson;
import propusk.sandbox.world.Person;
import propusk.sandbox.world.World;

/// Login tokens and sessions, seen by a client and by the person with the phone.
final class LoginByCodeTest {
  @TempDir private Path directory;
  private World world;
  private DataCentre dc;
  private Person anna;
  private TestClient client;

  @BeforeEach
  void start() throws IOException {
    world = World.open(directory);
    dc = DataCentre.start(world, DataCentreConfig.onFreePort());
    anna =
        world
            .people()
            .findByPhone("1")
            .orElseGet(() -> world.people().create(NewPerson.of("Анна", "1")));
    client = TestClient.connect(dc, Kind.PROXY_INTERMEDIATE);
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    dc.close();
    world.close();
  }

  @Test
  void aScannedCodeLetsTheClientIn() throws IOException {
    var link = showCode();
    assertEquals(List.of(link), inView());
    assertEquals("401 AUTH_KEY_UNREGISTERED", client.refusal("updates.getState"));

    var accepted = assertInstanceOf(Accepted.class, dc.accept(anna.id(), link));

    client.await(TestClient.API, "updateShort");
    var success = export();
    assertEquals("auth.loginTokenSuccess", success.name());
    assertEquals(anna.id(), success.object("authorization").object("user").big("id"));
    assertEquals(1, client.ask("updates.getState").number("pts"));
    var session = dc.sessions(anna.id()).getFirst();
    assertEquals(accepted.session(), session.id());
    assertEquals("Test", session.deviceModel());
    assertEquals(List.of(), inView());
  }

  @Test
  void aCodeIsGoodOnceAndOnlyWhileItLives() throws IOException {
    var first = showCode();
    world.clock().shift(Duration.ofSeconds(31));
    assertEquals(new Expired(), dc.accept(anna.id(), first));
    client.await(TestClient.API, "updateShort");

    var second = showCode();
    assertInstanceOf(Accepted.class, dc.accept(anna.id(), second));
    assertEquals(new AlreadyAccepted(), dc.accept(anna.id(), second));
    assertEquals(new Invalid(), dc.accept(anna.id(), "tg://login?token=AAAA"));
    assertEquals(new Invalid(), dc.accept(anna.id(), "привет"));
    assertThrows(IllegalArgumentException.class, () -> dc.accept(1, second));
  }

  @Test
  void aDeclinedCodeCannotBeAccepted() throws IOException {
    var link = showCode();
    assertTrue(dc.decline(link));
    assertFalse(dc.decline(link));
    assertEquals(List.of(), inView());
    assertEquals(new Expired(), dc.accept(anna.id(), link));
  }

  @Test
  void ofManyPhonesOneIsFirst() throws Exception {
    var link = showCode();
    var outcomes = new HashSet<Class<?>>();
    int accepted = 0;
    try (var phones = Executors.newVirtualThreadPerTaskExecutor()) {
      var scans =
          Stream.generate(() -> phones.submit(() -> dc.accept(anna.id(), link))).limit(32).toList();
      for (var scan : scans) {
        outcomes.add(scan.get().getClass());
        accepted += scan.get() instanceof Accepted ? 1 : 0;
      }
    }
    assertEquals(1, accepted);
    assertEquals(Set.of(Accepted.class, AlreadyAccepted.class), outcomes);
    assertEquals(1, dc.sessions(anna.id()).size());
  }

  @Test
  void codesAndSessionsAreThereAfterARestart() throws IOException {
    logIn();
    var key = client.key();
    TestClient.Key waiting;
    String link;
    try (var other = TestClient.connect(dc, Kind.PROXY_INTERMEDIATE)) {
      waiting = other.key();
      link = link(export(other));
    }
    stop();
    start();
    try (var saved = TestClient.connect(dc, key)) {
      assertEquals(1, saved.ask("updates.getState").number("pts"));
    }
    assertInstanceOf(Accepted.class, dc.accept(anna.id(), link));
    assertEquals(2, dc.sessions(anna.id()).size());
    assertNotEquals(key, waiting);
  }

  @Test
  void eachKindOfRevocationIsToldByItsName() throws IOException {
    for (var kind : RevocationKind.values()) {
      logIn();
      var session = dc.sessions(anna.id()).getFirst();
      assertTrue(dc.revoke(session.id(), kind));
      assertFalse(dc.revoke(session.id(), kind));
      assertEquals(kind.code() + " " + kind, client.refusal("updates.getState"));
      assertEquals(List.of(), dc.sessions(anna.id()));
      client.close();
      client = TestClient.connect(dc, Kind.PROXY_INTERMEDIATE);
    }
  }

  @Test
  void aClientLogsItselfOut() throws IOException {
    logIn();
    assertEquals("auth.loggedOut", client.ask("auth.logOut").name());
    assertEquals(List.of(), dc.sessions(anna.id()));
    assertEquals("401 AUTH_KEY_UNREGISTERED", client.refusal("updates.getState"));
  }

  @Test
  void anotherClientOfTheSamePersonMayAccept() throws IOException {
    logIn();
    try (var other = TestClient.connect(dc, Kind.ABRIDGED)) {
      var shown = export(other);
      var line = client.ask("auth.acceptLoginToken", "token", shown.bytes("token"));
      assertEquals("Test", line.text("device_model"));
      assertEquals("auth.loginTokenSuccess", export(other).name());
      assertEquals(
          "400 AUTH_TOKEN_ALREADY_ACCEPTED",
          client.refusal("auth.acceptLoginToken", "token", shown.bytes("token")));
    }
  }

  @Test
  void aYoungSessionEndsNoOther() throws IOException {
    logIn();
    long other = dc.sessions(anna.id()).getFirst().id();
    client.close();
    client = TestClient.connect(dc, Kind.PROXY_INTERMEDIATE);
    logIn();
    assertEquals(
        "406 FRESH_RESET_AUTHORISATION_FORBIDDEN",
        client.refusal("account.resetAuthorization", "hash", other));
    world.clock().shift(Duration.ofHours(25));
    client.call(TlObject.of("account.resetAuthorization", "hash", other));
    assertEquals(1, dc.sessions(anna.id()).size());
  }

  @Test
  void faultsOfMethodsAreMet() throws IOException {
    world
        .faults()
        .set(
            FaultPlan.NONE.withMethods(
                MethodFault.flood("auth.exportLoginToken", 3).times(1),
                MethodFault.slow("help.getNearestDc", 50),
                MethodFault.dropping("help.getConfig")));
    assertEquals(
        "420 FLOOD_WAIT_3",
        client.refusal(
            "auth.exportLoginToken", "api_id", 7, "api_hash", "", "except_ids", List.of()));
    assertEquals("auth.loginToken", export().name());
    long before = System.nanoTime();
    client.ask("help.getNearestDc");
    assertTrue(System.nanoTime() - before >= Duration.ofMillis(50).toNanos());
    assertThrows(IOException.class, () -> client.ask("help.getConfig"));
  }

  @Test
  void offlineMeansNoConnectionAtAll() throws IOException {
    world.faults().set(FaultPlan.NONE.withOffline(true));
    assertThrows(IOException.class, () -> client.ask("help.getNearestDc"));
    assertThrows(IOException.class, () -> TestClient.connect(dc, Kind.ABRIDGED));
    world.faults().clear();
    TestClient.connect(dc, Kind.ABRIDGED).close();
  }

  @Test
  void anUnknownMethodIsRefusedLoudlyAndRecordedByName() throws IOException {
    var error =
        TestClient.SERVICE.read(
            client.call(new byte[] {0x4f, (byte) 0xcb, (byte) 0xf4, (byte) 0xa0}));
    assertEquals("METHOD_INVALID", error.text("error_message"));
    assertEquals(1, world.calls().count("messages.getDialogs"));
  }

  private void logIn() throws IOException {
    assertInstanceOf(Accepted.class, dc.accept(anna.id(), showCode()));
    assertEquals("auth.loginTokenSuccess", export().name());
  }

  private String showCode() throws IOException {
    return link(export());
  }

  private TlObject export() throws IOException {
    return export(client);
  }

  private static TlObject export(TestClient client) throws IOException {
    return client.ask(
        "auth.exportLoginToken", "api_id", 7, "api_hash", "", "except_ids", List.of());
  }

  private static String link(TlObject token) {
    return "tg://login?token=" + Base64.getUrlEncoder().encodeToString(token.bytes("token"));
  }

  private List<String> inView() {
    return dc.pendingTokens().stream().map(PendingToken::link).toList();
  }
}
