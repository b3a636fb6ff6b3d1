package propusk.mtproto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import propusk.domain.login.Failure;
import propusk.domain.login.LoginState;
import propusk.domain.session.SessionState;
import propusk.mtproto.client.TdRequest;
import propusk.mtproto.vault.VaultUse;
import propusk.sandbox.dc.AcceptOutcome;
import propusk.sandbox.dc.RevocationKind;
import propusk.sandbox.world.FaultPlan;

/// The first milestone, with the real TDLib, the real database and the sandbox's data centre.
final class LoginStoryTest {
  private static final Duration ANSWER = Duration.ofSeconds(10);

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
  void aScanBecomesASealedSessionThatOpensAgain() throws Exception {
    var worker = stage.startWorker();
    var ilya = stage.person("Илья");
    var login = stage.open(ilya);

    assertInstanceOf(AcceptOutcome.Accepted.class, stage.scan(ilya, stage.link(login, 1)));
    stage.await(login, LoginState.Completed.class);

    stage.awaitWiped(login);
    assertEquals(1, stage.dataCentre.sessions(ilya.id()).size());
    var saved = stage.saved(login.account());
    assertEquals(ilya.id(), saved.telegramId().value());
    assertEquals(
        new VaultUse.Done<>(ilya.id()),
        worker.vault().use(saved.id(), client -> client.ask(new TdRequest.GetMe(), ANSWER).id()));
    assertEquals(2, stage.saved(login.account()).version());
    assertEquals(1, stage.dataCentre.sessions(ilya.id()).size());
  }

  @Test
  void theQrIsRefreshedAndTheNewOneIsScanned() throws Exception {
    stage.telegram.faults().set(FaultPlan.NONE.withLoginTokenSeconds(1));
    stage.startWorker();
    var ilya = stage.person("Илья");
    var login = stage.open(ilya);

    var first = stage.link(login, 1);
    var second = stage.link(login, 2);
    assertNotEquals(first, second);
    stage.telegram.faults().clear();
    assertInstanceOf(AcceptOutcome.Accepted.class, stage.scan(ilya, stage.link(login, 3)));
    stage.await(login, LoginState.Completed.class);
  }

  @Test
  void aWrongAccountIsLoggedOutAndNothingIsStored() throws Exception {
    stage.startWorker();
    var login = stage.open(stage.person("Илья"));
    var mallory = stage.person("Мэллори");

    stage.scan(mallory, stage.link(login, 1));

    var failed = stage.await(login, LoginState.Failed.class);
    assertEquals(Failure.WRONG_ACCOUNT, failed.reason());
    stage.awaitWiped(login);
    assertEquals(List.of(), stage.dataCentre.sessions(mallory.id()));
    assertEquals(0, stage.count("SELECT count(*) FROM telegram_session"));
    assertEquals(0, stage.count("SELECT used + reserved FROM invite"));
  }

  @Test
  void anExpiredLoginIsLoggedOutAndWiped() throws Exception {
    stage.startWorker();
    var ilya = stage.person("Илья");
    var login = stage.open(ilya);
    var link = stage.link(login, 1);
    var scratch = stage.scratch(login).orElseThrow();

    stage.letExpire(login);

    stage.await(login, LoginState.Expired.class);
    stage.awaitWiped(login);
    assertTrue(!(stage.scan(ilya, link) instanceof AcceptOutcome.Accepted));
    assertEquals(List.of(), stage.dataCentre.sessions(ilya.id()));
    assertFalse(Files.exists(scratch));
  }

  @Test
  void aCancelledLoginIsLoggedOutEvenWhenAScanLandsMeanwhile() throws Exception {
    stage.startWorker();
    var ilya = stage.person("Илья");
    for (var round = 0; round < 5; round++) {
      var login = stage.open(ilya);
      var link = stage.link(login, 1);
      var scanning = Thread.ofVirtual().start(() -> stage.scan(ilya, link));
      stage.in(handle -> stage.domain.logins.cancel(handle, login.login().id(), login.bearer()));
      scanning.join();
      var end = stage.await(login, LoginState.Ended.class);
      stage.awaitWiped(login);
      if (end instanceof LoginState.Completed) return;
      Await.until("no session left", () -> stage.dataCentre.sessions(ilya.id()).isEmpty());
    }
  }

  @Test
  void aNewLoginReplacesTheSessionAndTheOldOneIsLoggedOut() throws Exception {
    stage.startWorker();
    var ilya = stage.person("Илья");
    var first = stage.open(ilya);
    stage.scan(ilya, stage.link(first, 1));
    stage.await(first, LoginState.Completed.class);
    var replaced = stage.saved(first.account()).id();

    var again = stage.openAgain(ilya);
    stage.scan(ilya, stage.link(again, 1));
    stage.await(again, LoginState.Completed.class);

    assertNotEquals(replaced, stage.saved(first.account()).id());
    Await.until("one session left", () -> stage.dataCentre.sessions(ilya.id()).size() == 1);
    Await.until(
        "the old one erased",
        () ->
            stage.count(
                    "SELECT count(*) FROM telegram_session WHERE state = 'ended' AND sealed IS NULL")
                == 1);
  }

  @Test
  void aSessionThatItsOwnerEndedIsFoundOut() throws Exception {
    var worker = stage.startWorker();
    var ilya = stage.person("Илья");
    var login = stage.open(ilya);
    stage.scan(ilya, stage.link(login, 1));
    stage.await(login, LoginState.Completed.class);
    var saved = stage.saved(login.account());

    var ended = stage.dataCentre.sessions(ilya.id()).getFirst();
    stage.dataCentre.revoke(ended.id(), RevocationKind.SESSION_REVOKED);

    assertEquals(
        new VaultUse.Over<>(SessionState.REVOKED),
        worker.vault().use(saved.id(), client -> client.ask(new TdRequest.GetMe(), ANSWER).id()));
    assertEquals(1, stage.count("SELECT count(*) FROM telegram_session WHERE sealed IS NULL"));
  }
}
