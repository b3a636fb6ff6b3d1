package propusk.mtproto.datacentre;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import propusk.sandbox.world.Person;

/// Copies of one saved login in use at once, as Telegram judges them.
final class DuplicateKeyTest {
  private static final String DUPLICATED = "406 AUTH_KEY_DUPLICATED";
  private static final String BINLOG = "td_test.binlog";

  @TempDir private static Path directory;
  private static PlainTelegram telegram;

  @BeforeAll
  static void start() {
    telegram = new PlainTelegram(directory);
  }

  @AfterAll
  static void stop() throws InterruptedException {
    telegram.close();
  }

  @Test
  void copiesInTwoPlacesShutEachOtherOut() throws Exception {
    var anna = telegram.person("Анна");
    var saved = saved(anna);
    var elsewhere = telegram.dataCentre.proxySecret("elsewhere");
    var first = telegram.open(copyOf(saved));
    first.awaitConnected();
    assertEquals("sessions", sessions(first));

    var second = telegram.open(copyOf(saved), elsewhere, false);
    second.awaitState("Ready");
    assertEquals(DUPLICATED, sessions(second));
    assertEquals(DUPLICATED, sessions(first));
    first.close();
    second.close();

    var third = telegram.open(saved);
    third.awaitState("Ready");
    assertEquals(DUPLICATED, sessions(third));
    third.close();
    assertEquals(0, telegram.dataCentre.sessions(anna.id()).size());
  }

  @Test
  void copiesInOnePlaceAreNotNoticed() throws Exception {
    var saved = saved(telegram.person("Борис"));
    var first = telegram.open(copyOf(saved));
    var second = telegram.open(saved);
    first.awaitConnected();
    second.awaitConnected();
    assertEquals("sessions", sessions(first));
    assertEquals("sessions", sessions(second));
    assertEquals("sessions", sessions(first));
    first.close();
    second.close();
  }

  @Test
  void aLoginThatMovesFromPlaceToPlaceGoesOn() throws Exception {
    var vera = telegram.person("Вера");
    var saved = saved(vera);
    for (var place : new String[] {"one", "two", "one"}) {
      var client = telegram.open(saved, telegram.dataCentre.proxySecret(place), false);
      client.awaitConnected();
      assertEquals("sessions", sessions(client));
      telegram.dataCentre.dropConnections();
      assertEquals("sessions", sessions(client));
      client.close();
    }
    var last = telegram.open(saved);
    last.awaitConnected();
    assertEquals("ok", last.refusal("logOut"));
    last.awaitState("Closed");
    assertEquals(0, telegram.dataCentre.sessions(vera.id()).size());
  }

  /// The directory of a closed client that somebody is logged in with.
  private static Path saved(Person person) throws InterruptedException {
    var files = telegram.newDirectory();
    var client = telegram.open(files);
    client.ask("requestQrCodeAuthentication");
    var link = client.awaitState("WaitOtherDeviceConfirmation").path("link").asString();
    telegram.dataCentre.accept(person.id(), link);
    client.awaitState("Ready");
    assertEquals("sessions", sessions(client));
    client.close();
    return files;
  }

  private static Path copyOf(Path saved) throws IOException {
    var copy = Files.createDirectories(telegram.newDirectory());
    Files.copy(saved.resolve(BINLOG), copy.resolve(BINLOG));
    return copy;
  }

  private static String sessions(PlainClient client) throws InterruptedException {
    return client.refusal("getActiveSessions");
  }
}
