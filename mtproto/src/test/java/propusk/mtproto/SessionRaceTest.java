package propusk.mtproto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import propusk.domain.login.LoginState;
import propusk.mtproto.client.TdRequest;
import propusk.mtproto.vault.VaultUse;

/// Two wishes about one saved session at once.
final class SessionRaceTest {
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final int PEOPLE = 6;
  private static final int ROUNDS = 5;

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
  void logoutDuringAHealthCheckWaitsForItsEndAndIsThenDoneAtOnce() throws Exception {
    var login = logIn("Илья");
    var account = login.account();
    var saved = stage.saved(account).id();
    var use =
        worker
            .vault()
            .use(
                saved,
                client -> {
                  stage.in(handle -> stage.domain.sessions.logOut(handle, account.id()));
                  // What the log-out would do meanwhile: the lease keeps it away.
                  assertInstanceOf(VaultUse.NotLeased.class, worker.vault().logOut(saved));
                  return client.ask(new TdRequest.GetMe(), ANSWER).id();
                });
    assertEquals(new VaultUse.Done<>(login.person().id()), use);
    Await.until(
        "the log-out",
        () -> stage.count("SELECT count(*) FROM telegram_session WHERE state = 'ended'") == 1);
    assertEquals(List.of(), stage.dataCentre.sessions(login.person().id()));
    assertEquals(1, stage.count("SELECT count(*) FROM outbox WHERE kind = 'session_ended'"));
    assertEquals(0, stage.count("SELECT count(*) FROM alert"));
  }

  @Test
  void twoWorkersThatCheckNeverHaveOneSessionOpenTwice() throws Exception {
    var logins = new ArrayList<Stage.Opened>();
    for (var person = 0; person < PEOPLE; person++) logins.add(logIn("Илья " + person));
    try (var _ = WorkerProcess.start(stage)) {
      Await.until(
          "a second worker",
          () -> stage.count("SELECT count(*) FROM worker WHERE ended_at IS NULL") == 2);
      for (var round = 1; round <= ROUNDS; round++) {
        var version = round + 1;
        for (var login : logins) {
          stage.in(handle -> stage.domain.sessions.requestCheck(handle, login.account().id()));
        }
        Await.until(
            "round " + round,
            () ->
                stage.count("SELECT count(*) FROM telegram_session WHERE version >= " + version)
                    == PEOPLE);
      }
      Await.until(
          "the last one given back",
          () ->
              stage.count("SELECT count(*) FROM telegram_session WHERE worker_id IS NULL")
                  == PEOPLE);
    }
    // One version for each wish: no check was made twice, none was lost, none ended a session.
    assertEquals(PEOPLE * (ROUNDS + 1), stage.count("SELECT sum(version) FROM telegram_session"));
    assertEquals(PEOPLE, stage.count("SELECT count(*) FROM telegram_session WHERE state = 'live'"));
    assertEquals(0, stage.count("SELECT count(*) FROM alert"));
  }

  private Stage.Opened logIn(String name) {
    var person = stage.person(name);
    var login = stage.open(person);
    stage.scan(person, stage.link(login, 1));
    stage.await(login, LoginState.Completed.class);
    return login;
  }
}
