package propusk.sandbox.dc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import propusk.sandbox.dc.login.LoginCode;
import propusk.sandbox.dc.schema.TlObject;
import propusk.sandbox.dc.transport.ClientWire.Kind;
import propusk.sandbox.world.NewPerson;
import propusk.sandbox.world.Person;
import propusk.sandbox.world.Standing;
import propusk.sandbox.world.World;

/// A login by phone number and code, seen by a client and by the number's owner.
final class PhoneLoginTest {
  private static final String PHONE = "+7 999 661 00 11";
  private static final String NOBODY = "79996610099";

  @TempDir private Path directory;
  private World world;
  private DataCentre dc;
  private Person anna;
  private TestClient client;

  @BeforeEach
  void start() throws IOException {
    world = World.open(directory);
    dc = DataCentre.start(world, DataCentreConfig.onFreePort());
    anna = world.people().create(NewPerson.of("Анна", PHONE));
    client = TestClient.connect(dc, Kind.PROXY_INTERMEDIATE);
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    dc.close();
    world.close();
  }

  @Test
  void theRightCodeLetsTheClientIn() throws IOException {
    var sent = sendCode(PHONE);
    assertEquals("auth.sentCodeTypeApp", sent.object("type").name());
    assertEquals(5, sent.object("type").number("length"));
    assertEquals("400 PHONE_CODE_INVALID", refusalOf(sent, PHONE, otherThan(newest(PHONE))));

    var welcome = signIn(sent, PHONE, newest(PHONE).digits());

    assertEquals("auth.authorization", welcome.name());
    assertEquals(anna.id(), welcome.object("user").big("id"));
    assertEquals(1, client.ask("updates.getState").number("pts"));
    assertEquals("Test", dc.sessions(anna.id()).getFirst().deviceModel());
    assertEquals("400 PHONE_CODE_EXPIRED", refusalOf(sent, PHONE, newest(PHONE).digits()));
  }

  @Test
  void aTwoStepPasswordIsStillAskedFor() throws IOException {
    world.people().store(anna.withPassword(Optional.of("секрет"), Optional.of("не скажу")));
    var sent = sendCode(PHONE);
    assertEquals("401 SESSION_PASSWORD_NEEDED", refusalOf(sent, PHONE, newest(PHONE).digits()));
    assertEquals("не скажу", client.ask("account.getPassword").text("hint"));
  }

  @Test
  void aCodeEndsAfterFiveMinutesAndAfterTenWrongTries() throws IOException {
    var late = sendCode(PHONE);
    world.clock().shift(Duration.ofMinutes(6));
    assertEquals("400 PHONE_CODE_EXPIRED", refusalOf(late, PHONE, newest(PHONE).digits()));

    var guessed = sendCode(PHONE);
    for (int tries = 0; tries < 10; tries++) {
      assertEquals("400 PHONE_CODE_INVALID", refusalOf(guessed, PHONE, otherThan(newest(PHONE))));
    }
    assertEquals("400 PHONE_CODE_EXPIRED", refusalOf(guessed, PHONE, newest(PHONE).digits()));
  }

  @Test
  void aCodeMayBeSentAgainAnotherWayAndGivenUp() throws IOException {
    var first = sendCode(PHONE);
    var second = again(first);
    assertEquals("auth.sentCodeTypeSms", second.object("type").name());
    assertEquals("auth.codeTypeCall", second.object("next_type").name());
    assertNotEquals(first.text("phone_code_hash"), second.text("phone_code_hash"));
    assertEquals("400 PHONE_CODE_EXPIRED", refusalOf(first, PHONE, newest(PHONE).digits()));
    var third = again(second);
    assertEquals("auth.sentCodeTypeCall", third.object("type").name());
    assertFalse(third.has("next_type"));
    assertEquals(
        "400 SEND_CODE_UNAVAILABLE",
        client.refusal(
            "auth.resendCode",
            "phone_number",
            PHONE,
            "phone_code_hash",
            third.text("phone_code_hash")));
    client.call(
        TlObject.of(
            "auth.cancelCode",
            "phone_number",
            PHONE,
            "phone_code_hash",
            third.text("phone_code_hash")));
    assertEquals("400 PHONE_CODE_EXPIRED", refusalOf(third, PHONE, newest(PHONE).digits()));
    assertEquals(3, dc.loginCodes(PHONE).size());
  }

  @Test
  void aNumberOfNobodyIsAskedToSignUp() throws IOException {
    var sent = sendCode(NOBODY);
    assertEquals("auth.sentCodeTypeSms", sent.object("type").name());
    assertEquals(
        "auth.authorizationSignUpRequired", signIn(sent, NOBODY, newest(NOBODY).digits()).name());
  }

  @Test
  void numbersAreRefusedByWhatTheyAre() throws IOException {
    assertEquals("406 PHONE_NUMBER_INVALID", sendRefusal("12"));
    world.people().store(anna.withStanding(Standing.BANNED));
    assertEquals("400 PHONE_NUMBER_BANNED", sendRefusal(PHONE));
    world.people().store(anna.withStanding(Standing.DELETED));
    var sent = sendCode(PHONE);
    assertEquals(
        "auth.authorizationSignUpRequired", signIn(sent, PHONE, newest(PHONE).digits()).name());
  }

  @Test
  void tooManyCodesOfANumberMustWait() throws IOException {
    for (int sent = 0; sent < 30; sent++) {
      sendCode(PHONE);
    }
    var refused = sendRefusal(PHONE);
    assertTrue(refused.matches("420 FLOOD_WAIT_3[56]\\d\\d"), refused);
    world.clock().shift(Duration.ofHours(1));
    sendCode(PHONE);
  }

  @Test
  void aSessionEndsWithItsAccount() throws IOException {
    signIn(sendCode(PHONE), PHONE, newest(PHONE).digits());
    world.people().store(anna.withStanding(Standing.BANNED));
    assertEquals("401 USER_DEACTIVATED_BAN", client.refusal("updates.getState"));
    assertEquals(0, dc.sessions(anna.id()).size());
  }

  private LoginCode newest(String phone) {
    return dc.loginCodes(phone).getLast();
  }

  private static String otherThan(LoginCode code) {
    return code.digits().equals("00000") ? "00001" : "00000";
  }

  private TlObject sendCode(String phone) throws IOException {
    return client.ask("auth.sendCode", parametersOf(phone));
  }

  private String sendRefusal(String phone) throws IOException {
    return client.refusal("auth.sendCode", parametersOf(phone));
  }

  private static Object[] parametersOf(String phone) {
    return new Object[] {
      "phone_number", phone, "api_id", 7, "api_hash", "", "settings", TlObject.of("codeSettings")
    };
  }

  private TlObject again(TlObject sent) throws IOException {
    return client.ask(
        "auth.resendCode", "phone_number", PHONE, "phone_code_hash", sent.text("phone_code_hash"));
  }

  private TlObject signIn(TlObject sent, String phone, String code) throws IOException {
    return client.ask("auth.signIn", signInParameters(sent, phone, code));
  }

  private String refusalOf(TlObject sent, String phone, String code) throws IOException {
    return client.refusal("auth.signIn", signInParameters(sent, phone, code));
  }

  private static Object[] signInParameters(TlObject sent, String phone, String code) {
    return new Object[] {
      "phone_number", phone, "phone_code_hash", sent.text("phone_code_hash"), "phone_code", code
    };
  }
}
