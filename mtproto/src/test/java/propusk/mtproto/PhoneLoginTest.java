package propusk.mtproto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import propusk.domain.account.AccountPhones;
import propusk.domain.account.Language;
import propusk.domain.account.PhoneNumber;
import propusk.domain.account.TelegramUserId;
import propusk.domain.login.Failure;
import propusk.domain.login.Login;
import propusk.domain.login.LoginState;
import propusk.domain.login.LoginState.AwaitingCode;
import propusk.domain.login.LoginState.AwaitingPassword;
import propusk.domain.login.LoginState.Completed;
import propusk.domain.login.LoginState.Failed;
import propusk.domain.login.PhoneLoginRequest;
import propusk.domain.login.Submitted;
import propusk.domain.seal.Secret;
import propusk.sandbox.world.FaultPlan;
import propusk.sandbox.world.MethodFault;
import propusk.sandbox.world.NewPerson;
import propusk.sandbox.world.Person;

/// Logins by number and code, through the real TDLib.
final class PhoneLoginTest {
  private static final PhoneNumber NUMBER = new PhoneNumber("+79001112233");

  @TempDir private Path directory;
  private Stage stage;

  @BeforeEach
  void set() {
    stage = new Stage(directory);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void theCodeLetsAStrangerInAndKeepsTheirNumber() throws Exception {
    var anna = person(Optional.empty());
    stage.startWorker();
    var login = asked();
    assertEquals(new AwaitingCode("telegram", 5, 3), state(login));
    assertEquals(Submitted.ACCEPTED, submit(login, lastCode()));
    await(login, Completed.class);
    awaitWiped(login);
    var owner = find(login).account().orElseThrow();
    assertEquals(anna.id(), owner.telegramId().value());
    assertEquals(1, stage.dataCentre.sessions(anna.id()).size());
    assertEquals(anna.id(), stage.saved(owner).telegramId().value());
    var phones = new AccountPhones(stage.domain.sealer);
    assertEquals(Optional.of(NUMBER), stage.in(handle -> phones.find(handle, owner.id())));
    assertEquals(0, stage.count("SELECT count(*) FROM login_secret"));
    assertEquals(0, stage.count("SELECT count(*) FROM outbox"));
  }

  @Test
  void aLoginByQrKeepsTheNumberToo() throws Exception {
    var anna = person(Optional.empty());
    stage.startWorker();
    var login = stage.open(anna);
    stage.scan(anna, stage.link(login, 1));
    stage.await(login, Completed.class);
    var phones = new AccountPhones(stage.domain.sealer);
    assertEquals(
        Optional.of(NUMBER), stage.in(handle -> phones.find(handle, login.account().id())));
  }

  @Test
  void aWrongCodeCostsATryAndTheThirdTheLogin() throws Exception {
    person(Optional.empty());
    stage.startWorker();
    var login = asked();
    submit(login, wrongCode());
    awaitTries(login, 2);
    submit(login, wrongCode());
    awaitTries(login, 1);
    submit(login, wrongCode());
    assertEquals(Failure.WRONG_CODE, await(login, Failed.class).reason());
    awaitWiped(login);
  }

  @Test
  void afterAWrongCodeTheRightOneStillWorks() throws Exception {
    person(Optional.empty());
    stage.startWorker();
    var login = asked();
    submit(login, wrongCode());
    awaitTries(login, 2);
    submit(login, lastCode());
    await(login, Completed.class);
  }

  @Test
  void anAccountWithAPasswordIsAskedForItAfterTheCode() throws Exception {
    var anna = person(Optional.of("correct horse"));
    stage.startWorker();
    var login = asked();
    submit(login, lastCode());
    await(login, AwaitingPassword.class);
    stage.in(handle ->
        stage.domain.logins.submitPassword(handle, login.id(), new Secret("correct horse")));
    await(login, Completed.class);
    assertEquals(1, stage.dataCentre.sessions(anna.id()).size());
  }

  @Test
  void aCodeThatExpiredAtTelegramEndsTheLogin() throws Exception {
    person(Optional.empty());
    stage.startWorker();
    var login = asked();
    var code = lastCode();
    stage.telegram.clock().shift(Duration.ofMinutes(6));
    submit(login, code);
    assertEquals(Failure.CODE_EXPIRED, await(login, Failed.class).reason());
    awaitWiped(login);
  }

  @Test
  void aCodeThatComesAfterOurOwnTimeIsNotAskedForAnyMore() throws Exception {
    person(Optional.empty());
    stage.startWorker();
    var login = asked();
    assertEquals(stage.domain.clock.instant().plus(Duration.ofMinutes(5)), find(login).deadline());
    letExpire(login);
    assertEquals(Submitted.NOT_ASKED, submit(login, lastCode()));
    await(login, LoginState.Expired.class);
    awaitWiped(login);
  }

  @Test
  void aNumberWithoutAnAccountEndsInItsOwnWords() throws Exception {
    stage.startWorker();
    var login = asked();
    assertEquals(new AwaitingCode("sms", 5, 3), state(login));
    submit(login, lastCode());
    assertEquals(Failure.PHONE_UNKNOWN, await(login, Failed.class).reason());
    awaitWiped(login);
  }

  @Test
  void aNumberOfAnotherAccountConnectsNobody() throws Exception {
    var anna = person(Optional.empty());
    var before = stage.account(stage.person("Прежняя хозяйка"));
    var phones = new AccountPhones(stage.domain.sealer);
    stage.in(handle -> {
      phones.remember(handle, before.id(), NUMBER);
      return true;
    });
    stage.startWorker();
    var login = asked();
    submit(login, lastCode());
    assertEquals(Failure.WRONG_ACCOUNT, await(login, Failed.class).reason());
    awaitWiped(login);
    assertEquals(List.of(), stage.dataCentre.sessions(anna.id()));
    assertEquals(
        Optional.empty(),
        stage.in(handle -> stage.domain.accounts.find(handle, new TelegramUserId(anna.id()))));
  }

  @Test
  void aCrashAfterTheCodeWasTakenAsksAgainAndCountsNoTry() throws Exception {
    person(Optional.empty());
    stage
        .telegram
        .faults()
        .set(FaultPlan.NONE.withMethods(MethodFault.slow("auth.signIn", 60_000)));
    Login login;
    try (var first = WorkerProcess.start(stage)) {
      login = asked();
      submit(login, lastCode());
      Await.until(
          "the code taken",
          () -> stage.count("SELECT count(*) FROM login_secret WHERE kind = 'code'") == 0);
      first.kill();
    }
    var version = find(login).version();
    stage.telegram.faults().clear();
    stage.startWorker();
    Await.until("asked again", () -> find(login).version() > version);
    assertEquals(new AwaitingCode("telegram", 5, 3), state(login));
    submit(login, lastCode());
    await(login, Completed.class);
    assertFalse(Files.readString(WorkerProcess.LOG).contains(NUMBER.e164().substring(1)));
  }

  @ParameterizedTest
  @CsvSource({
    "406, PHONE_NUMBER_INVALID, PHONE_INVALID",
    "400, PHONE_NUMBER_BANNED, PHONE_BANNED",
    "400, PHONE_NUMBER_FLOOD, PHONE_FLOOD",
    "406, PHONE_PASSWORD_FLOOD, PASSWORD_FLOOD",
    "400, PHONE_NUMBER_UNOCCUPIED, PHONE_UNKNOWN",
    "400, API_ID_INVALID, API_REJECTED",
    "400, API_ID_PUBLISHED_FLOOD, API_REJECTED",
    "406, UPDATE_APP_TO_LOGIN, API_REJECTED",
    "420, FLOOD_WAIT_300, FLOOD_WAIT"
  })
  void whatTelegramRefusesAtTheNumberHasItsOwnEnd(int status, String text, Failure end)
      throws Exception {
    stage
        .telegram
        .faults()
        .set(FaultPlan.NONE.withMethods(MethodFault.failing("auth.sendCode", status, text)));
    stage.startWorker();
    var login = requested();
    var failed = await(login, Failed.class);
    assertEquals(end, failed.reason());
    if (end == Failure.FLOOD_WAIT) {
      assertEquals(Optional.of(stage.domain.clock.instant().plusSeconds(300)), failed.retryAt());
    }
    awaitWiped(login);
  }

  private Person person(Optional<String> password) {
    return stage
        .telegram
        .people()
        .create(
            new NewPerson(
                "Анна",
                Optional.of("Соколова"),
                Optional.empty(),
                NUMBER.e164(),
                password,
                Optional.of("ru")));
  }

  private Login requested() {
    var request = new PhoneLoginRequest(NUMBER, Language.RU);
    return stage.in(handle -> stage.domain.logins.requestByPhone(handle, request));
  }

  private Login asked() {
    var login = requested();
    await(login, AwaitingCode.class);
    return login;
  }

  private Submitted submit(Login login, String code) {
    return stage.in(handle -> stage.domain.logins.submitCode(handle, login.id(), new Secret(code)));
  }

  private String lastCode() {
    return stage.dataCentre.loginCodes(NUMBER.e164().substring(1)).getLast().digits();
  }

  private String wrongCode() {
    return lastCode().equals("12345") ? "54321" : "12345";
  }

  private void awaitTries(Login login, int left) {
    Await.until(
        left + " tries left",
        () -> state(login) instanceof AwaitingCode(var _, var _, int tries) && tries == left);
  }

  private <S extends LoginState> S await(Login login, Class<S> state) {
    return Await.some(
        state.getSimpleName(),
        () -> Optional.of(state(login)).filter(state::isInstance).map(state::cast));
  }

  private void awaitWiped(Login login) {
    Await.until(
        "a wiped scratch",
        () -> stage.count("SELECT count(*) FROM login WHERE scratch_path IS NOT NULL") == 0);
    assertTrue(!find(login).live());
  }

  private void letExpire(Login login) {
    stage.in(handle ->
        handle
            .createUpdate("UPDATE login SET deadline = created_at WHERE id = :id")
            .bind("id", login.id().value())
            .execute());
  }

  private LoginState state(Login login) {
    return stage.state(login.id());
  }

  private Login find(Login login) {
    return stage.in(handle -> stage.domain.logins.find(handle, login.id())).orElseThrow();
  }
}
