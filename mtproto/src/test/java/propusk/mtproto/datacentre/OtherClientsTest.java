package propusk.mtproto.datacentre;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import propusk.sandbox.dc.AcceptOutcome.Accepted;
import propusk.sandbox.dc.DataCentre;
import propusk.sandbox.dc.DataCentreConfig;
import propusk.sandbox.world.NewPerson;
import propusk.sandbox.world.Person;
import propusk.sandbox.world.World;

/// Two Telegram clients that have nothing to do with TDLib log in, given an address and a key: what
/// the sandbox does is the protocol, not a trick for one library.
///
/// Each speaks its own layer and its own transports; mtcute also uses temporary keys.
final class OtherClientsTest {
  private static final String PASSWORD = "секрет";

  @TempDir private static Path directory;
  private static Path modules;
  private static World world;
  private static DataCentre dataCentre;
  private static int numbered;

  @BeforeAll
  static void start() throws IOException {
    modules = NodeClient.modules();
    world = World.open(directory);
    dataCentre = DataCentre.start(world, DataCentreConfig.onFreePort());
  }

  @AfterAll
  static void stop() {
    dataCentre.close();
    world.close();
  }

  @ParameterizedTest
  @CsvSource({
    "gramjs.mjs, obfuscated, false",
    "gramjs.mjs, abridged, false",
    "mtcute.mjs, intermediate, false",
    "mtcute.mjs, obfuscated, true",
    "mtcute.mjs, proxied, true",
  })
  void aScannedCodeLetsIn(String script, String transport, boolean temporaryKeys)
      throws IOException {
    var anna = person("Анна");
    try (var client = start(script, transport, temporaryKeys, "qr", anna)) {
      var link = client.await("link");
      assertInstanceOf(Accepted.class, dataCentre.accept(anna.id(), link));
      assertIn(anna, client);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "gramjs.mjs, full, false",
    "mtcute.mjs, padded, false",
    "mtcute.mjs, intermediate, true",
  })
  void aCodeAndAPasswordLetIn(String script, String transport, boolean temporaryKeys)
      throws IOException {
    var boris = person("Борис").withPassword(Optional.of(PASSWORD), Optional.empty());
    world.people().store(boris);
    try (var client = start(script, transport, temporaryKeys, "phone", boris)) {
      assertEquals("code", client.await("ask"));
      client.answer(dataCentre.loginCodes(boris.phone()).getLast().digits());
      assertEquals("password", client.await("ask"));
      client.answer(PASSWORD);
      assertIn(boris, client);
    }
  }

  /// The client goes where the account lives, be it by scan or by number.
  @ParameterizedTest
  @CsvSource({"qr, true", "phone, false"})
  void anAccountElsewhereIsFound(String way, boolean temporaryKeys) throws IOException {
    var vera = person("Вера").withDc(4);
    world.people().store(vera);
    try (var client = start("mtcute.mjs", "proxied", temporaryKeys, way, vera)) {
      if (way.equals("qr")) {
        dataCentre.accept(vera.id(), client.await("link"));
      } else {
        assertEquals("code", client.await("ask"));
        client.answer(dataCentre.loginCodes(vera.phone()).getLast().digits());
      }
      assertIn(vera, client);
    }
  }

  private static void assertIn(Person person, NodeClient client) {
    assertEquals(Long.toString(person.id()), client.await("in"));
    assertEquals("1", client.await("sessions"));
    assertEquals(1, dataCentre.sessions(person.id()).size());
  }

  private static Person person(String name) {
    return world.people().create(NewPerson.of(name, "+799966177" + (10 + numbered++)));
  }

  private static NodeClient start(
      String script, String transport, boolean temporaryKeys, String way, Person person)
      throws IOException {
    var wanted = new HashMap<String, Object>();
    wanted.put("modules", modules.toString());
    wanted.put("host", dataCentre.host());
    wanted.put("port", dataCentre.port());
    wanted.put("secret", dataCentre.proxySecret());
    wanted.put("key", dataCentre.publicKeyPem());
    wanted.put("fingerprint", Long.toString(dataCentre.keyFingerprint()));
    wanted.put("transport", transport);
    wanted.put("pfs", temporaryKeys);
    wanted.put("way", way);
    wanted.put("phone", "+" + person.phone());
    return NodeClient.start(script, Map.copyOf(wanted));
  }
}
