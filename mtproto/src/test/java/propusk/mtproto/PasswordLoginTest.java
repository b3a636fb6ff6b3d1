package propusk.mtproto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import propusk.domain.login.Failure;
import propusk.domain.login.LoginState;
import propusk.domain.login.LoginState.AwaitingPassword;
import propusk.domain.login.LoginState.Completed;
import propusk.domain.login.LoginState.Failed;
import propusk.domain.login.Submitted;
import propusk.domain.seal.Secret;
import propusk.domain.worker.Workers;
import propusk.mtproto.login.LoginRules;
import propusk.sandbox.world.FaultPlan;
import propusk.sandbox.world.MethodFault;
import propusk.sandbox.world.NewPerson;
import propusk.sandbox.world.Person;

/// Logins of people with a two-step password, through the real TDLib.
final class PasswordLoginTest {
  private static final String PASSWORD = "correct horse";

  @TempDir private Path directory;
  private Stage stage;
  private Person anna;

  @BeforeEach
  void set() {
    stage = new Stage(directory);
    anna =
        stage
            .telegram
            .people()
            .create(
                new NewPerson(
                    "Анна",
                    Optional.empty(),
                    Optional.empty(),
                    "+79001112233",
                    Optional.of(PASSWORD),
                    Optional.of("ru")));
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void thePasswordLetsItsOwnerIn() throws Exception {
    stage.startWorker();
    var login = asked();
    assertEquals(new AwaitingPassword(Optional.empty(), 3), state(login));
    assertEquals(Submitted.ACCEPTED, submit(login, PASSWORD));
    stage.await(login, Completed.class);
    stage.awaitWiped(login);
    assertEquals(1, stage.dataCentre.sessions(anna.id()).size());
    assertEquals(0, stage.count("SELECT count(*) FROM login_secret"));
  }

  @Test
  void aWrongPasswordCostsATryAndTheThirdTheSession() throws Exception {
    stage.startWorker();
    var login = asked();
    submit(login, "one");
    awaitTries(login, 2);
    submit(login, "two");
    awaitTries(login, 1);
    submit(login, "three");
    assertEquals(Failure.WRONG_PASSWORD, stage.await(login, Failed.class).reason());
    stage.awaitWiped(login);
    assertEquals(List.of(), stage.dataCentre.sessions(anna.id()));
    assertEquals(Submitted.NOT_ASKED, submit(login, PASSWORD));
  }

  @Test
  void afterAWrongPasswordTheRightOneStillWorks() throws Exception {
    stage.startWorker();
    var login = asked();
    submit(login, "one");
    awaitTries(login, 2);
    submit(login, PASSWORD);
    stage.await(login, Completed.class);
  }

  @Test
  void submittedTwiceAWrongPasswordCostsOneTry() throws Exception {
    slowly("auth.checkPassword", 1_000);
    stage.startWorker();
    var login = asked();
    submit(login, "one");
    awaitTaken();
    submit(login, "one");
    awaitTries(login, 2);
    stage.telegram.faults().clear();
    assertEquals(0, stage.count("SELECT count(*) FROM login_secret WHERE kind = 'password'"));
    submit(login, PASSWORD);
    stage.await(login, Completed.class);
  }

  @Test
  void aPasswordThatComesWhileThePageIsCancelledEndsNothingElse() throws Exception {
    slowly("auth.checkPassword", 1_000);
    stage.startWorker();
    var login = asked();
    submit(login, PASSWORD);
    awaitTaken();
    stage.in(handle -> stage.domain.logins.cancel(handle, login.login().id(), login.bearer()));
    assertInstanceOf(LoginState.Cancelled.class, state(login));
    assertEquals(Submitted.NOT_ASKED, submit(login, PASSWORD));
    stage.awaitWiped(login);
    Await.until("no session left", () -> stage.dataCentre.sessions(anna.id()).isEmpty());
    assertEquals(0, stage.count("SELECT count(*) FROM telegram_session"));
  }

  @Test
  void aCrashAfterThePasswordWasTakenAsksAgainAndCountsNoTry() throws Exception {
    slowly("auth.checkPassword", 60_000);
    Stage.Opened login;
    try (var first = WorkerProcess.start(stage)) {
      login = asked();
      submit(login, PASSWORD);
      awaitTaken();
      first.kill();
    }
    var version = version(login);
    stage.telegram.faults().clear();
    stage.startWorker();
    Await.until("asked again", () -> version(login) > version);
    assertEquals(new AwaitingPassword(Optional.empty(), 3), state(login));
    submit(login, PASSWORD);
    stage.await(login, Completed.class);
    assertFalse(Files.readString(WorkerProcess.LOG).contains(PASSWORD), "a password in the log");
  }

  @Test
  void aPasswordHandedInWhileNoWorkerLivesIsTakenByTheSuccessor() throws Exception {
    Stage.Opened login;
    try (var first = WorkerProcess.start(stage)) {
      login = asked();
      first.kill();
    }
    submit(login, PASSWORD);
    stage.startWorker();
    stage.await(login, Completed.class);
  }

  @Test
  void anotherPersonsPasswordConnectsNobody() throws Exception {
    stage.startWorker();
    var login = stage.open(stage.person("Илья"));
    stage.scan(anna, stage.link(login, 1));
    stage.await(login, AwaitingPassword.class);
    submit(login, PASSWORD);
    assertEquals(Failure.WRONG_ACCOUNT, stage.await(login, Failed.class).reason());
    stage.awaitWiped(login);
    assertEquals(List.of(), stage.dataCentre.sessions(anna.id()));
  }

  @Test
  void whereThePagesAreOffTheLoginEndsAndNothingIsLeft() throws Exception {
    stage.rules(new LoginRules(false, Workers.CAPACITY, LoginRules.CLIENTS));
    stage.startWorker();
    var login = stage.open(anna);
    stage.scan(anna, stage.link(login, 1));
    assertEquals(Failure.PASSWORD_PAGES_OFF, stage.await(login, Failed.class).reason());
    stage.awaitWiped(login);
    assertEquals(List.of(), stage.dataCentre.sessions(anna.id()));
  }

  @Test
  void tooManyWrongPasswordsEverywhereCloseItForADay() throws Exception {
    refusing("auth.checkPassword", 406, "PHONE_PASSWORD_FLOOD");
    stage.startWorker();
    var login = asked();
    submit(login, PASSWORD);
    var failed = stage.await(login, Failed.class);
    assertEquals(Failure.PASSWORD_FLOOD, failed.reason());
    assertEquals(
        Optional.of(stage.domain.clock.instant().plus(Duration.ofHours(24))), failed.retryAt());
    stage.awaitWiped(login);
  }

  @Test
  void aFloodAtThePasswordIsToldWithItsTime() throws Exception {
    refusing("auth.checkPassword", 420, "FLOOD_WAIT_300");
    stage.startWorker();
    var login = asked();
    submit(login, PASSWORD);
    var failed = stage.await(login, Failed.class);
    assertEquals(Failure.FLOOD_WAIT, failed.reason());
    assertEquals(Optional.of(stage.domain.clock.instant().plusSeconds(300)), failed.retryAt());
  }

  @Test
  void nobodyTypesItInTenMinutes() throws Exception {
    stage.startWorker();
    var login = asked();
    var deadline = stage.in(handle -> stage.domain.logins.find(handle, login.login().id()));
    assertEquals(
        stage.domain.clock.instant().plus(Duration.ofMinutes(10)),
        deadline.orElseThrow().deadline());
    stage.letExpire(login);
    stage.await(login, LoginState.Expired.class);
    stage.awaitWiped(login);
    assertEquals(List.of(), stage.dataCentre.sessions(anna.id()));
  }

  private Stage.Opened asked() {
    var login = stage.open(anna);
    stage.scan(anna, stage.link(login, 1));
    stage.await(login, AwaitingPassword.class);
    return login;
  }

  private Submitted submit(Stage.Opened login, String password) {
    return stage.in(handle ->
        stage.domain.logins.submitPassword(handle, login.login().id(), new Secret(password)));
  }

  private void awaitTries(Stage.Opened login, int left) {
    Await.until(
        left + " tries left",
        () -> state(login) instanceof AwaitingPassword(var _, int tries) && tries == left);
  }

  private void awaitTaken() {
    Await.until(
        "the password taken",
        () -> stage.count("SELECT count(*) FROM login_secret WHERE kind = 'password'") == 0);
  }

  private void slowly(String method, long millis) {
    stage.telegram.faults().set(FaultPlan.NONE.withMethods(MethodFault.slow(method, millis)));
  }

  private void refusing(String method, int code, String text) {
    stage
        .telegram
        .faults()
        .set(FaultPlan.NONE.withMethods(MethodFault.failing(method, code, text)));
  }

  private LoginState state(Stage.Opened login) {
    return stage.state(login.login().id());
  }

  private long version(Stage.Opened login) {
    return stage
        .in(handle -> stage.domain.logins.find(handle, login.login().id()))
        .orElseThrow()
        .version();
  }
}
