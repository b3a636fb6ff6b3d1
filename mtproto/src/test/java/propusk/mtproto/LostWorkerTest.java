package propusk.mtproto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import propusk.domain.login.Failure;
import propusk.domain.login.LoginState;
import propusk.domain.seal.Secret;
import propusk.domain.worker.Workers;
import propusk.mtproto.client.TdRequest;
import propusk.mtproto.vault.VaultUse;
import propusk.sandbox.dc.AcceptOutcome;
import propusk.sandbox.world.FaultPlan;
import propusk.sandbox.world.Person;

/// Workers that are killed or frozen in the worst moments, and their successors.
final class LostWorkerTest {
  private static final Duration ANSWER = Duration.ofSeconds(10);

  @TempDir private Path directory;
  private Stage stage;

  @BeforeEach
  void set() {
    stage = new Stage(directory);
    stage.telegram.faults().set(FaultPlan.NONE.withLoginTokenSeconds(8));
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void killedWhileTheQrIsShownItsSuccessorShowsItOn() throws Exception {
    var ilya = stage.person("Илья");
    var login = stage.open(ilya);
    try (var first = WorkerProcess.start(stage)) {
      awaitQr(login);
      first.kill();
    }
    var second = stage.startWorker();
    assertInstanceOf(AcceptOutcome.Accepted.class, stage.scan(ilya, stage.link(login, 2)));
    completedAndAlive(login, second);
  }

  @Test
  void aScanThatLandsWhileNoWorkerLivesIsFoundByTheSuccessor() throws Exception {
    var ilya = stage.person("Илья");
    var login = stage.open(ilya);
    Secret link;
    try (var first = WorkerProcess.start(stage)) {
      link = stage.link(login, 1);
      first.kill();
    }
    assertInstanceOf(AcceptOutcome.Accepted.class, stage.scan(ilya, link));
    completedAndAlive(login, stage.startWorker());
  }

  @Test
  void aWrongScanThatLandsWhileNoWorkerLivesIsLoggedOutByTheSuccessor() throws Exception {
    var login = stage.open(stage.person("Илья"));
    var mallory = stage.person("Мэллори");
    Secret link;
    try (var first = WorkerProcess.start(stage)) {
      link = stage.link(login, 1);
      first.kill();
    }
    stage.scan(mallory, link);
    stage.startWorker();
    assertEquals(Failure.WRONG_ACCOUNT, stage.await(login, LoginState.Failed.class).reason());
    stage.awaitWiped(login);
    assertEquals(List.of(), stage.dataCentre.sessions(mallory.id()));
  }

  @Test
  void killedAnywhereBetweenScanAndCompletedTheSuccessorFinishes() throws Exception {
    for (var millis : List.of(0, 5, 20)) {
      var person = stage.person("Илья " + millis);
      var login = stage.open(person);
      try (var first = WorkerProcess.start(stage)) {
        stage.scan(person, stage.link(login, 1));
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
        first.kill();
      }
      try (var _ = WorkerProcess.start(stage)) {
        stage.await(login, LoginState.Completed.class);
        stage.awaitWiped(login);
      }
      assertEquals(1, stage.dataCentre.sessions(person.id()).size());
    }
    assertEquals(0, stage.count("SELECT sum(reserved) FROM invite"));
  }

  @Test
  void aWorkerThatHasOpenedManyClientsMakesPlaceForASuccessor() throws Exception {
    try (var first = WorkerProcess.start(stage, 2)) {
      assertTrue(first.endsWithin(60, TimeUnit.SECONDS), "it opened its warm clients");
      assertEquals(75, first.exitCode());
    }
    assertEquals(1, stage.count("SELECT count(*) FROM worker WHERE ended_at IS NOT NULL"));
  }

  @Test
  void aFrozenWorkerIsEndedBeforeItsWorkIsTaken() throws Exception {
    var ilya = stage.person("Илья");
    var login = stage.open(ilya);
    try (var first = WorkerProcess.start(stage)) {
      awaitQr(login);
      first.freeze();
      stage.domain.clock.advance(Workers.LEASE);
      var second = stage.startWorker();
      assertFalse(first.alive());
      assertTrue(stage.scan(ilya, stage.link(login, 2)) instanceof AcceptOutcome.Accepted);
      completedAndAlive(login, second);
    }
  }

  /// The next code lives as long as usual.
  private void awaitQr(Stage.Opened login) {
    stage.await(login, LoginState.AwaitingScan.class);
    stage.telegram.faults().clear();
  }

  private void completedAndAlive(Stage.Opened login, MtprotoModule worker) throws Exception {
    stage.await(login, LoginState.Completed.class);
    stage.awaitWiped(login);
    Person person = login.person();
    assertEquals(1, stage.dataCentre.sessions(person.id()).size());
    assertEquals(
        new VaultUse.Done<>(person.id()),
        worker
            .vault()
            .use(
                stage.saved(login.account()).id(),
                client -> client.ask(new TdRequest.GetMe(), ANSWER).id()));
  }
}
