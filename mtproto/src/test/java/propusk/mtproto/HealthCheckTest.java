package propusk.mtproto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import propusk.domain.account.Account;
import propusk.domain.account.Accounts;
import propusk.domain.login.LoginState;
import propusk.domain.notify.Channel;
import propusk.domain.notify.Notifications;
import propusk.domain.session.SessionChecks;
import propusk.domain.session.SessionState;
import propusk.mtproto.database.PatientDatabase;
import propusk.mtproto.vault.HealthChecks;
import propusk.sandbox.world.FaultPlan;
import propusk.sandbox.world.Person;

/// Saved sessions that are asked in the background whether they still live.
final class HealthCheckTest {
  @TempDir private Path directory;
  private Stage stage;
  private MtprotoModule worker;

  @BeforeEach
  void start() throws Exception {
    stage = new Stage(directory);
    worker = stage.startWorker();
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void theOneThatWaitedLongestIsCheckedAndItsNameBroughtUpToDate() {
    var ilya = stage.person("Илья");
    var login = logIn(ilya);
    stage.telegram.people().store(renamed(ilya, "Илья-Константин"));
    letADayPass();
    look();
    Await.until("a check", () -> version(login.account()) == 2);
    Await.until(
        "the name of now",
        () ->
            stage.count("SELECT count(*) FROM account WHERE first_name = 'Илья-Константин'") == 1);
    Await.until("a count", () -> worker.sessionChecks(HealthChecks.Outcome.ALIVE) == 1);
    assertEquals(
        stage.domain.clock.instant(), stage.saved(login.account()).checkedAt().orElseThrow());
    assertEquals(1, stage.dataCentre.sessions(ilya.id()).size());
  }

  @Test
  void whoWaitsForACheckGetsItAtOnceThoughTheSessionWasJustChecked() {
    var login = logIn(stage.person("Илья"));
    stage.domain.clock.advance(Duration.ofSeconds(5));
    boolean asked =
        stage.in(handle -> stage.domain.sessions.requestCheck(handle, login.account().id()));
    assertTrue(asked);
    Await.until("a check", () -> version(login.account()) == 2);
    assertEquals(
        stage.domain.clock.instant(), stage.saved(login.account()).checkedAt().orElseThrow());
    assertEquals(
        0, stage.count("SELECT count(*) FROM telegram_session WHERE check_wanted_at IS NOT NULL"));
  }

  @Test
  void telegramsAbsenceIsNoEndOfASessionAndItsNextCheckWaits() {
    var login = logIn(stage.person("Илья"));
    stage.telegram.faults().set(FaultPlan.NONE.withOffline(true));
    letADayPass();
    look();
    Await.until(
        "a check in vain",
        () ->
            stage.count(
                    "SELECT count(*) FROM telegram_session WHERE check_failures = 1 AND check_after"
                        + " > checked_at")
                == 1);
    assertEquals(SessionState.LIVE, stage.saved(login.account()).state());
    stage.telegram.faults().clear();
    stage.in(handle -> stage.domain.sessions.requestCheck(handle, login.account().id()));
    Await.until("a check", () -> version(login.account()) == 2);
    assertEquals(
        1,
        stage.count(
            "SELECT count(*) FROM telegram_session WHERE check_failures = 0 AND check_after IS"
                + " NULL"));
  }

  @Test
  void whileManyLoginsStartOnlyTheCheckThatSomebodyWaitsForIsMade() throws Exception {
    var waited = logIn(stage.person("Илья"));
    var wanted = logIn(stage.person("Анна"));
    // Instead of the worker's own, one that never finds the machine free.
    var checks =
        new HealthChecks(
            new PatientDatabase(stage.domain.jdbi),
            new SessionChecks(stage.domain.clock),
            new Accounts(),
            worker.vault(),
            () -> true,
            () -> {
              throw new AssertionError("TDLib hung");
            });
    worker.stopChecking();
    letADayPass();
    checks.start();
    try {
      stage.in(handle -> stage.domain.sessions.requestCheck(handle, wanted.account().id()));
      checks.hint("");
      Await.until("a check", () -> version(wanted.account()) == 2);
      checks.hint("");
      Await.until("the end of the check", () -> checks.done(HealthChecks.Outcome.ALIVE) == 1);
      assertEquals(1, version(waited.account()));
    } finally {
      checks.stop();
    }
  }

  private Stage.Opened logIn(Person person) {
    var login = stage.open(person);
    stage.scan(person, stage.link(login, 1));
    stage.await(login, LoginState.Completed.class);
    return login;
  }

  /// Moving the clock would end the worker's lease too.
  private void letADayPass() {
    stage.in(handle ->
        handle.execute("UPDATE telegram_session SET checked_at = checked_at - interval '1 day'"));
  }

  private void look() {
    stage.in(handle -> {
      Notifications.hint(handle, Channel.SESSION, "");
      return true;
    });
  }

  private static Person renamed(Person person, String firstName) {
    return person.withNames(firstName, person.lastName());
  }

  private int version(Account account) {
    return stage.saved(account).version();
  }
}
