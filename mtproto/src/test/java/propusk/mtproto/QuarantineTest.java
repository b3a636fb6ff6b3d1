package propusk.mtproto;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import propusk.domain.account.Account;
import propusk.domain.login.LoginState;
import propusk.sandbox.world.FaultPlan;
import propusk.sandbox.world.MethodFault;

/// A session whose use ends its worker, by `kill -9` of real worker processes.
final class QuarantineTest {
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
  void afterThreeLostWorkersInARowItIsNotOpenedAgainAndBothSidesAreTold() throws Exception {
    var account = logIn();
    loseAWorkerOn(account, 0);
    // A good use in between sets the count back.
    stage.telegram.faults().clear();
    try (var _ = WorkerProcess.start(stage)) {
      Await.until("a good check", () -> lostUses() == 0 && held() == 0 && version() == 2);
    }
    stage.in(handle -> stage.domain.sessions.requestCheck(handle, account.id()));
    loseAWorkerOn(account, 0);
    loseAWorkerOn(account, 1);
    loseAWorkerOn(account, 2);
    try (var last = WorkerProcess.start(stage)) {
      Await.until(
          "quarantine",
          () ->
              stage.count("SELECT count(*) FROM telegram_session WHERE state = 'quarantined'")
                  == 1);
      assertEquals(true, last.alive());
    }
    assertEquals(
        1,
        stage.count(
            "SELECT count(*) FROM telegram_session WHERE sealed IS NOT NULL AND worker_id IS"
                + " NULL"));
    assertEquals(1, stage.count("SELECT count(*) FROM alert WHERE kind = 'session_quarantined'"));
    assertEquals(1, stage.count("SELECT count(*) FROM outbox WHERE kind = 'session_ended'"));
    assertEquals(1, stage.count("SELECT count(*) FROM subscription"));
  }

  private Account logIn() throws Exception {
    var ilya = stage.person("Илья");
    var login = stage.open(ilya);
    try (var _ = WorkerProcess.start(stage)) {
      stage.scan(ilya, stage.link(login, 1));
      stage.await(login, LoginState.Completed.class);
      stage.awaitWiped(login);
    }
    return login.account();
  }

  /// A worker has the session open, Telegram takes its time, and the worker is killed.
  private void loseAWorkerOn(Account account, int lostBefore) throws Exception {
    stage.telegram.faults().set(FaultPlan.NONE.withMethods(MethodFault.slow("*", 20_000)));
    stage.in(handle -> stage.domain.sessions.requestCheck(handle, account.id()));
    try (var worker = WorkerProcess.start(stage)) {
      Await.until(
          "an open session",
          () ->
              stage.count(
                      """
                      SELECT count(*) FROM telegram_session s JOIN worker w ON w.id = s.worker_id
                      WHERE w.ended_at IS NULL AND s.lost_uses = %d
                        AND w.id = (SELECT max(id) FROM worker)
                      """
                          .formatted(lostBefore))
                  == 1);
      worker.kill();
    }
  }

  private long lostUses() {
    return stage.count("SELECT lost_uses FROM telegram_session");
  }

  private long held() {
    return stage.count("SELECT count(*) FROM telegram_session WHERE worker_id IS NOT NULL");
  }

  private long version() {
    return stage.count("SELECT version FROM telegram_session");
  }
}
