package propusk.mtproto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import propusk.domain.account.Language;
import propusk.domain.account.PhoneNumber;
import propusk.domain.login.Failure;
import propusk.domain.login.LoginState.AwaitingCode;
import propusk.domain.login.LoginState.AwaitingPassword;
import propusk.domain.login.LoginState.Completed;
import propusk.domain.login.LoginState.Failed;
import propusk.domain.login.LoginState.Finalizing;
import propusk.domain.login.PhoneLoginRequest;
import propusk.domain.seal.Secret;
import propusk.mtproto.client.TdRequest;
import propusk.mtproto.vault.VaultUse;
import propusk.sandbox.world.FaultPlan;
import propusk.sandbox.world.MethodFault;
import propusk.sandbox.world.NewPerson;
import propusk.sandbox.world.Person;

/// Logins of people whose account lives in another data centre than TDLib tries first.
final class MigratedLoginTest {
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final Duration SPIN = Duration.ofSeconds(15);

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

  @RepeatedTest(3)
  void theSessionIsSavedWhereTheAccountLivesAndOpensAgain() throws Exception {
    var worker = stage.startWorker();
    var ilya = livingIn(4, stage.person("Илья"));
    var login = stage.open(ilya);
    stage.scan(ilya, stage.link(login, 1));
    stage.await(login, Completed.class);
    stage.awaitWiped(login);
    var saved = stage.saved(login.account());
    assertEquals(
        new VaultUse.Done<>(ilya.id()),
        worker.vault().use(saved.id(), client -> client.ask(new TdRequest.GetMe(), ANSWER).id()));
    assertEquals(1, stage.dataCentre.sessions(ilya.id()).size());
  }

  @Test
  void aWrongAccountFromElsewhereIsLoggedOut() throws Exception {
    stage.startWorker();
    var login = stage.open(stage.person("Илья"));
    var mallory = livingIn(5, stage.person("Мэллори"));
    stage.scan(mallory, stage.link(login, 1));
    assertEquals(Failure.WRONG_ACCOUNT, stage.await(login, Failed.class).reason());
    stage.awaitWiped(login);
    assertEquals(List.of(), stage.dataCentre.sessions(mallory.id()));
  }

  @Test
  void aPasswordThatIsAskedForOnlyThereLetsItsOwnerIn() throws Exception {
    stage.startWorker();
    var anna =
        livingIn(
            4,
            stage
                .telegram
                .people()
                .create(
                    new NewPerson(
                        "Анна",
                        Optional.empty(),
                        Optional.empty(),
                        "+79001112233",
                        Optional.of("correct horse"),
                        Optional.of("ru"))));
    var login = stage.open(anna);
    stage.scan(anna, stage.link(login, 1));
    stage.await(login, AwaitingPassword.class);
    for (var password : List.of("wrong", "correct horse")) {
      stage.in(handle ->
          stage.domain.logins.submitPassword(handle, login.login().id(), new Secret(password)));
      Await.until(
          "an answer to " + password,
          () ->
              !stage
                  .state(login.login().id())
                  .equals(
                      new AwaitingPassword(Optional.empty(), password.equals("wrong") ? 3 : 2)));
    }
    stage.await(login, Completed.class);
    stage.awaitWiped(login);
    assertEquals(1, stage.dataCentre.sessions(anna.id()).size());
  }

  @Test
  void aPhoneLoginFindsTheAccountWhereverItLives() throws Exception {
    stage.startWorker();
    var ilya = livingIn(3, stage.person("Илья"));
    var number = new PhoneNumber("+" + ilya.phone());
    var login =
        stage.in(handle ->
            stage.domain.logins.requestByPhone(handle, new PhoneLoginRequest(number, Language.RU)));
    stage.await(login.id(), AwaitingCode.class);
    var code = stage.dataCentre.loginCodes(ilya.phone()).getLast().digits();
    stage.in(handle -> stage.domain.logins.submitCode(handle, login.id(), new Secret(code)));
    stage.await(login.id(), Completed.class);
    assertEquals(1, stage.dataCentre.sessions(ilya.id()).size());
  }

  /// Closed on its way back to the first data centre, TDLib would spin for twenty seconds.
  @Test
  void aLoginIsClosedOnlyOnceItIsBackInTheFirstDataCentreToo() throws Exception {
    stage
        .telegram
        .faults()
        .set(FaultPlan.NONE.withMethods(MethodFault.slow("auth.importAuthorization", 2_000)));
    stage.startWorker();
    var ilya = livingIn(4, stage.person("Илья"));
    var login = stage.open(ilya);
    stage.scan(ilya, stage.link(login, 1));
    stage.await(login, Finalizing.class);
    var begun = System.nanoTime();
    stage.await(login, Completed.class);
    var took = Duration.ofNanos(System.nanoTime() - begun);
    assertTrue(took.compareTo(SPIN) < 0, "the login took " + took);
    assertEquals(1, stage.telegram.calls().count("auth.importAuthorization"));
  }

  private Person livingIn(int dc, Person person) {
    var moved = person.withDc(dc);
    stage.telegram.people().store(moved);
    return moved;
  }
}
