package propusk.mtproto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import propusk.domain.login.LoginState;
import propusk.domain.session.SessionState;
import propusk.domain.session.TelegramSessionId;
import propusk.mtproto.client.TdRequest;
import propusk.mtproto.vault.VaultUse;
import propusk.mtproto.vault.VaultWork;
import propusk.sandbox.dc.RevocationKind;
import propusk.sandbox.world.FaultPlan;
import propusk.sandbox.world.Person;

/// A saved session, opened again and again.
final class VaultTest {
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final VaultWork<Long> WHO_AM_I =
      client -> client.ask(new TdRequest.GetMe(), ANSWER).id();

  @TempDir private Path directory;
  private Stage stage;
  private MtprotoModule worker;
  private Person ilya;
  private TelegramSessionId saved;

  @BeforeEach
  void logIn() throws Exception {
    stage = new Stage(directory);
    worker = stage.startWorker();
    ilya = stage.person("Илья");
    var login = stage.open(ilya);
    stage.scan(ilya, stage.link(login, 1));
    stage.await(login, LoginState.Completed.class);
    saved = stage.saved(login.account()).id();
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void usedAHundredTimesItStaysOneSessionAndSmall() throws Exception {
    for (var use = 0; use < 130; use++) {
      assertEquals(done(), worker.vault().use(saved, WHO_AM_I));
    }
    assertEquals(1, stage.dataCentre.sessions(ilya.id()).size());
    assertTrue(stage.count("SELECT octet_length(sealed) FROM telegram_session") < 34_000);
  }

  @Test
  void aDamagedVersionIsPassedOverForTheOneBefore() throws Exception {
    assertEquals(done(), worker.vault().use(saved, WHO_AM_I));
    damage("sealed");
    assertEquals(done(), worker.vault().use(saved, WHO_AM_I));
  }

  @Test
  void withNoVersionLeftItIsKeptForTheOperator() throws Exception {
    damage("sealed");
    assertEquals(new VaultUse.Over<>(SessionState.DAMAGED), worker.vault().use(saved, WHO_AM_I));
    assertEquals(1, stage.count("SELECT count(*) FROM telegram_session WHERE sealed IS NOT NULL"));
    assertEquals(new VaultUse.NotLeased<>(), worker.vault().use(saved, WHO_AM_I));
  }

  @Test
  void nobodyElseOpensItWhileItIsOpen() throws Exception {
    var both = worker.vault().use(saved, _ -> worker.vault().use(saved, WHO_AM_I));
    assertEquals(new VaultUse.Done<>(new VaultUse.NotLeased<>()), both);
  }

  @Test
  void aWriteAfterTheLeaseWasLostChangesNothing() throws Exception {
    var outcome =
        worker
            .vault()
            .use(
                saved,
                client -> {
                  stage.in(
                      handle -> handle.execute("UPDATE telegram_session SET epoch = epoch + 1"));
                  return WHO_AM_I.with(client);
                });
    assertEquals(new VaultUse.LeaseLost<>(), outcome);
    assertEquals(1, stage.count("SELECT version FROM telegram_session"));
  }

  @Test
  void workThatFailsLeavesTheStoredVersion() throws Exception {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            worker
                .vault()
                .use(
                    saved,
                    _ -> {
                      throw new IllegalArgumentException("of the work");
                    }));
    assertEquals(1, stage.count("SELECT version FROM telegram_session"));
    assertEquals(done(), worker.vault().use(saved, WHO_AM_I));
  }

  @Test
  void aDeactivatedAccountIsSaidSo() throws Exception {
    var session = stage.dataCentre.sessions(ilya.id()).getFirst();
    stage.dataCentre.revoke(session.id(), RevocationKind.USER_DEACTIVATED);
    assertEquals(
        new VaultUse.Over<>(SessionState.DEACTIVATED), worker.vault().use(saved, WHO_AM_I));
  }

  @Test
  void whileTelegramIsAwayNothingIsStored() throws Exception {
    stage.telegram.faults().set(FaultPlan.NONE.withOffline(true));
    assertEquals(new VaultUse.Unreachable<>(), worker.vault().use(saved, WHO_AM_I));
    stage.telegram.faults().clear();
    assertEquals(done(), worker.vault().use(saved, WHO_AM_I));
  }

  private VaultUse<Long> done() {
    return new VaultUse.Done<>(ilya.id());
  }

  private void damage(String column) {
    stage.in(handle ->
        handle.execute(
            "UPDATE telegram_session SET "
                + column
                + " = set_byte("
                + column
                + ", 200, get_byte("
                + column
                + ", 200) # 1)"));
  }
}
