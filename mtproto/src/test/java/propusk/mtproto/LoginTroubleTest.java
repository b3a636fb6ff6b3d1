package propusk.mtproto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import propusk.domain.login.Failure;
import propusk.domain.login.LoginState;
import propusk.sandbox.dc.AcceptOutcome;
import propusk.sandbox.world.FaultPlan;
import propusk.sandbox.world.MethodFault;

/// What goes wrong around a login: Telegram refuses or is away, the database is away, the claim is
/// lost.
final class LoginTroubleTest {
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
  void aRefusedApiIdEndsTheLoginInWords() throws Exception {
    stage
        .telegram
        .faults()
        .set(
            FaultPlan.NONE.withMethods(
                MethodFault.failing("auth.exportLoginToken", 400, "API_ID_INVALID")));
    stage.startWorker();
    var login = stage.open(stage.person("Илья"));
    assertEquals(Failure.API_REJECTED, stage.await(login, LoginState.Failed.class).reason());
    stage.awaitWiped(login);
  }

  @Test
  void aDatabaseThatGoesAwayHarmsNoLogin() throws Exception {
    stage.startWorker();
    var ilya = stage.person("Илья");
    var login = stage.open(ilya);
    var link = stage.link(login, 1);
    stage.domain.database.disconnectEveryone();
    assertInstanceOf(AcceptOutcome.Accepted.class, stage.scan(ilya, link));
    stage.domain.database.disconnectEveryone();
    stage.await(login, LoginState.Completed.class);
    stage.awaitWiped(login);
  }

  @Test
  void whenTelegramComesBackTheQrGoesOn() throws Exception {
    stage.telegram.faults().set(FaultPlan.NONE.withLoginTokenSeconds(2));
    stage.startWorker();
    var ilya = stage.person("Илья");
    var login = stage.open(ilya);
    stage.link(login, 1);
    stage.telegram.faults().set(stage.telegram.faults().plan().withOffline(true));
    Await.until("no QR in view", () -> stage.dataCentre.pendingTokens().isEmpty());
    assertInstanceOf(LoginState.AwaitingScan.class, stage.state(login.login().id()));
    stage.telegram.faults().clear();
    var seq = ((LoginState.AwaitingScan) stage.state(login.login().id())).qrSeq();
    assertInstanceOf(AcceptOutcome.Accepted.class, stage.scan(ilya, stage.link(login, seq + 1)));
    stage.await(login, LoginState.Completed.class);
  }

  @Test
  void aWrongAccountIsLoggedOutEvenWhenTelegramGoesAwayInBetween() throws Exception {
    stage.startWorker();
    var login = stage.open(stage.person("Илья"));
    var mallory = stage.person("Мэллори");
    stage
        .telegram
        .faults()
        .set(FaultPlan.NONE.withMethods(MethodFault.dropping("auth.logOut").times(3)));
    stage.scan(mallory, stage.link(login, 1));
    assertEquals(Failure.WRONG_ACCOUNT, stage.await(login, LoginState.Failed.class).reason());
    stage.awaitWiped(login);
    assertEquals(List.of(), stage.dataCentre.sessions(mallory.id()));
  }

  @Test
  void aWorkerWhoseClaimWasTakenChangesNothingMore() throws Exception {
    var worker = stage.startWorker();
    var ilya = stage.person("Илья");
    var login = stage.open(ilya);
    var link = stage.link(login, 1);
    stage.in(handle -> handle.execute("UPDATE login SET epoch = epoch + 1"));
    var version = stage.count("SELECT version FROM login");

    stage.scan(ilya, link);

    Await.until("the run over", () -> worker.runningLogins() == 0);
    assertEquals(version, stage.count("SELECT version FROM login"));
    assertEquals(0, stage.count("SELECT count(*) FROM telegram_session"));
    assertEquals(1, stage.count("SELECT count(*) FROM login WHERE scratch_path IS NOT NULL"));
    assertTrue(Files.exists(stage.scratch(login).orElseThrow()), "the files are the new owner's");
  }

  @Test
  void aWorkerThatLostItsLeaseLeavesAndItsSuccessorGoesOn() throws Exception {
    stage.telegram.faults().set(FaultPlan.NONE.withLoginTokenSeconds(8));
    var ilya = stage.person("Илья");
    var login = stage.open(ilya);
    try (var first = WorkerProcess.start(stage)) {
      stage.link(login, 1);
      stage.telegram.faults().clear();
      stage.in(handle -> handle.execute("UPDATE worker SET lease_until = started_at"));
      assertTrue(first.endsWithin(60, TimeUnit.SECONDS));
      assertEquals(70, first.exitCode());
    }
    stage.startWorker();
    assertInstanceOf(AcceptOutcome.Accepted.class, stage.scan(ilya, stage.link(login, 2)));
    stage.await(login, LoginState.Completed.class);
  }
}
