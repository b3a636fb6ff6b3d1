package propusk.mtproto.datacentre;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import propusk.sandbox.dc.AcceptOutcome.Accepted;
import propusk.sandbox.dc.AcceptOutcome.AlreadyAccepted;
import propusk.sandbox.world.Person;

/// The real TDLib starts in one data centre and logs in to accounts that live in others.
final class MigrationTest {
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

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aScanLeadsToTheAccountsDataCentreAndTheFilesRememberIt(boolean temporaryKeys)
      throws Exception {
    var anna = living(telegram.person("Анна"), 4);
    var files = telegram.newDirectory();
    var client = telegram.open(files, telegram.dataCentre.proxySecret(), temporaryKeys);
    var link = showing(client);
    assertInstanceOf(Accepted.class, telegram.dataCentre.accept(anna.id(), link));
    client.awaitState("Ready");
    assertEquals(anna.id(), client.ask("getMe").path("id").asLong());
    assertEquals(1, sessions(client));
    assertEquals(new AlreadyAccepted(), telegram.dataCentre.accept(anna.id(), link));
    client.close();

    var again = telegram.open(files, telegram.dataCentre.proxySecret(), temporaryKeys);
    again.awaitState("Ready");
    again.awaitConnected();
    assertEquals(1, sessions(again));
    assertEquals("ok", again.refusal("logOut"));
    again.awaitState("Closed");
    assertEquals(0, telegram.dataCentre.sessions(anna.id()).size());
  }

  @Test
  void thePasswordIsAskedForOnlyAfterTheMove() throws Exception {
    var boris =
        living(telegram.person("Борис"), 5)
            .withPassword(Optional.of("секрет"), Optional.of("как всегда"));
    telegram.world.people().store(boris);
    var files = telegram.newDirectory();
    var client = telegram.open(files);
    assertInstanceOf(Accepted.class, telegram.dataCentre.accept(boris.id(), showing(client)));
    var asked = client.awaitState("WaitPassword");
    assertEquals("как всегда", asked.path("password_hint").asString());
    assertEquals(1, telegram.world.calls().refusals("auth.importLoginToken"));
    assertEquals(0, telegram.dataCentre.sessions(boris.id()).size());
    assertEquals(
        "400 PASSWORD_HASH_INVALID",
        client.refusal("checkAuthenticationPassword", "password", "не тот"));
    assertEquals("ok", client.refusal("checkAuthenticationPassword", "password", "секрет"));
    client.awaitState("Ready");
    assertEquals(1, sessions(client));
    client.close();

    var again = telegram.open(files);
    again.awaitConnected();
    assertEquals(1, sessions(again));
    again.close();
  }

  @Test
  void aPhoneNumberLeadsThereToo() throws Exception {
    var vera = living(telegram.person("Вера"), 3);
    var client = telegram.open();
    assertEquals(
        "ok", client.refusal("setAuthenticationPhoneNumber", "phone_number", vera.phone()));
    client.awaitState("WaitCode");
    assertEquals("ok", client.refusal("checkAuthenticationCode", "code", telegram.codeOf(vera)));
    client.awaitState("Ready");
    assertEquals(1, sessions(client));
    client.close();
  }

  private static Person living(Person person, int dc) {
    var moved = person.withDc(dc);
    telegram.world.people().store(moved);
    return moved;
  }

  private static String showing(PlainClient client) throws InterruptedException {
    client.ask("requestQrCodeAuthentication");
    return client.awaitState("WaitOtherDeviceConfirmation").path("link").asString();
  }

  /// TDLib takes its new login back to the data centre it came from (`auth.exportAuthorization`)
  /// right after Ready. Closed in that moment, it repeats the question without a pause and needs
  /// twenty seconds to close: so a request that must travel comes before.
  private static int sessions(PlainClient client) throws InterruptedException {
    return client.ask("getActiveSessions").path("sessions").size();
  }
}
