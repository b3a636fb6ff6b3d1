package propusk.mtproto;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import propusk.domain.login.Failure;
import propusk.domain.login.LoginState.Completed;
import propusk.domain.login.LoginState.Failed;
import propusk.mtproto.client.TdRequest;
import propusk.mtproto.vault.VaultUse;
import propusk.sandbox.world.Person;

/// Logins of people whose account lives in another data centre than TDLib tries first.
final class MigratedLoginTest {
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

  private Person livingIn(int dc, Person person) {
    var moved = person.withDc(dc);
    stage.telegram.people().store(moved);
    return moved;
  }
}
