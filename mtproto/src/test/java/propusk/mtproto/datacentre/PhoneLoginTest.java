package propusk.mtproto.datacentre;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import propusk.sandbox.world.FaultPlan;
import propusk.sandbox.world.MethodFault;
import propusk.sandbox.world.Standing;

/// The real TDLib logs in by phone number and code, and hears every refusal as it is.
final class PhoneLoginTest {
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

  @AfterEach
  void behave() {
    telegram.world.faults().clear();
  }

  @Test
  void theCodeLetsInAndAWrongOneMayBeTriedAgain() throws Exception {
    var anna = telegram.person("Анна");
    var client = telegram.open();
    assertEquals("ok", phone(client, anna.phone()));
    var info = client.awaitState("WaitCode").path("code_info");
    assertEquals(
        "authenticationCodeTypeTelegramMessage", info.path("type").path("@type").asString());
    assertEquals(5, info.path("type").path("length").asInt());
    assertEquals("authenticationCodeTypeSms", info.path("next_type").path("@type").asString());
    var right = telegram.codeOf(anna);
    assertEquals("400 PHONE_CODE_INVALID", code(client, right.equals("00000") ? "1" : "00000"));
    assertEquals("ok", code(client, right));
    client.awaitState("Ready");
    assertEquals(anna.id(), client.ask("getMe").path("id").asLong());
    assertEquals(1, telegram.dataCentre.sessions(anna.id()).size());
    client.close();
  }

  @Test
  void aPasswordIsAskedForWithItsHint() throws Exception {
    var boris =
        telegram.person("Борис").withPassword(Optional.of("секрет"), Optional.of("как всегда"));
    telegram.world.people().store(boris);
    var client = telegram.open();
    phone(client, boris.phone());
    client.awaitState("WaitCode");
    assertEquals("ok", code(client, telegram.codeOf(boris)));
    assertEquals("как всегда", client.awaitState("WaitPassword").path("password_hint").asString());
    assertEquals("400 PASSWORD_HASH_INVALID", password(client, "не тот"));
    assertEquals("ok", password(client, "секрет"));
    client.awaitState("Ready");
    client.close();
  }

  @Test
  void anExpiredCodeIsToldAsSuch() throws Exception {
    var anna = telegram.person("Анна");
    var client = telegram.open();
    phone(client, anna.phone());
    client.awaitState("WaitCode");
    telegram.world.clock().shift(Duration.ofMinutes(6));
    assertEquals("400 PHONE_CODE_EXPIRED", code(client, telegram.codeOf(anna)));
    client.close();
  }

  @Test
  void numbersAreRefused() throws Exception {
    var banned = telegram.person("Вор").withStanding(Standing.BANNED);
    telegram.world.people().store(banned);
    var client = telegram.open();
    client.awaitState("WaitPhoneNumber");
    assertEquals("406 PHONE_NUMBER_INVALID", phone(client, "+712"));
    assertEquals("400 PHONE_NUMBER_BANNED", phone(client, banned.phone()));
    refuse(400, "PHONE_NUMBER_FLOOD");
    assertEquals("400 PHONE_NUMBER_FLOOD", phone(client, "+79996619999"));
    refuse(420, "FLOOD_WAIT_77");
    assertEquals("429 Too Many Requests: retry after 77", phone(client, "+79996619999"));
    refuse(406, "UPDATE_APP_TO_LOGIN");
    assertEquals("406 UPDATE_APP_TO_LOGIN", phone(client, "+79996619999"));
    client.close();
  }

  @Test
  void aNumberOfNobodyIsAskedToRegister() throws Exception {
    var client = telegram.open();
    phone(client, "+79996618888");
    client.awaitState("WaitCode");
    var code = telegram.dataCentre.loginCodes("+79996618888").getLast().digits();
    assertEquals("ok", code(client, code));
    client.awaitState("WaitRegistration");
    client.close();
  }

  private static void refuse(int code, String text) {
    var fault = MethodFault.failing("auth.sendCode", code, text);
    telegram.world.faults().set(FaultPlan.NONE.withMethods(fault));
  }

  private static String phone(PlainClient client, String number) throws InterruptedException {
    return client.refusal("setAuthenticationPhoneNumber", "phone_number", number);
  }

  private static String code(PlainClient client, String digits) throws InterruptedException {
    return client.refusal("checkAuthenticationCode", "code", digits);
  }

  private static String password(PlainClient client, String password) throws InterruptedException {
    return client.refusal("checkAuthenticationPassword", "password", password);
  }
}
