package propusk.mtproto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import propusk.domain.login.LoginState;
import propusk.domain.seal.Sealer;
import propusk.domain.seal.Secret;
import propusk.domain.session.SealedSession;
import propusk.domain.session.SessionState;
import propusk.domain.session.TelegramSession;
import propusk.mtproto.client.TdError;
import propusk.mtproto.client.TdRefused;
import propusk.mtproto.client.TdRequest;
import propusk.mtproto.client.Tdlib;
import propusk.mtproto.client.TelegramApi;
import propusk.mtproto.client.TelegramClient;
import propusk.mtproto.client.TelegramClients;
import propusk.mtproto.client.TelegramServers;
import propusk.mtproto.scratch.ScratchDirectory;
import propusk.mtproto.tdlib.TdLibrary;
import propusk.mtproto.vault.SessionFiles;
import propusk.mtproto.vault.SessionSeal;
import propusk.mtproto.vault.VaultUse;
import propusk.mtproto.vault.VaultWork;

/// Somebody with the database and the vault key opens a saved session at another place while we use
/// it: two real TDLib clients on copies of one session, judged by Telegram's rule.
final class StolenSessionTest {
  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final VaultWork<Long> ASK_THE_SERVER =
      client -> (long) client.ask(new TdRequest.GetActiveSessions(), ANSWER).hashCode();

  @TempDir private Path directory;
  private Stage stage;
  private MtprotoModule worker;
  private Tdlib elsewhere;

  @BeforeEach
  void start() throws Exception {
    stage = new Stage(directory);
    worker = stage.startWorker();
    var files = ScratchDirectory.ensure(directory.resolve("elsewhere"));
    elsewhere =
        Tdlib.start(TdLibrary.find().loadForSandbox(stage.servers().publicKeyPem(), files), files);
  }

  @AfterEach
  void close() throws InterruptedException {
    elsewhere.close(ANSWER);
    stage.close();
  }

  @Test
  void aCopyInUseElsewhereIsNoticedTheSessionPutAsideAndBothSidesTold() throws Exception {
    var login = stage.open(stage.person("Илья"));
    stage.scan(login.person(), stage.link(login, 1));
    stage.await(login, LoginState.Completed.class);
    stage.awaitWiped(login);
    var saved = stage.saved(login.account());
    var copy = stolen(saved);

    var outcome =
        worker
            .vault()
            .use(
                saved.id(),
                client -> {
                  ASK_THE_SERVER.with(client);
                  var thief = open(copy);
                  var refused = assertThrows(TdRefused.class, () -> ASK_THE_SERVER.with(thief));
                  assertEquals(new TdError.AuthKeyDuplicated(), refused.error());
                  thief.close();
                  return ASK_THE_SERVER.with(client);
                });

    assertEquals(new VaultUse.Over<>(SessionState.DUPLICATED), outcome);
    assertEquals(
        1,
        stage.count(
            "SELECT count(*) FROM telegram_session WHERE state = 'duplicated' AND sealed IS NOT"
                + " NULL"));
    assertEquals(
        1,
        stage.count(
            "SELECT count(*) FROM alert WHERE kind = 'session_duplicated' AND subject = '%s'"
                .formatted(saved.id().value())));
    assertEquals(
        1,
        stage.count(
            "SELECT count(*) FROM outbox WHERE kind = 'session_ended' AND subject = '%s'"
                .formatted(saved.id().value())));
    assertEquals(new VaultUse.NotLeased<>(), worker.vault().use(saved.id(), ASK_THE_SERVER));
    assertEquals(1, stage.count("SELECT count(*) FROM subscription"));

    var again = stage.openAgain(login.person());
    stage.scan(login.person(), stage.link(again, 1));
    stage.await(again, LoginState.Completed.class);
    assertEquals(SessionState.LIVE, stage.saved(login.account()).state());
  }

  private SessionFiles stolen(TelegramSession session) {
    var sealed =
        stage.in(handle ->
            handle
                .createQuery("SELECT session_key, sealed FROM telegram_session WHERE id = :id")
                .bind("id", session.id().value())
                .map((row, _) -> new SealedSession(row.getBytes(1), row.getBytes(2)))
                .one());
    return new SessionSeal(new Sealer(List.of(stage.vaultKey)), stage.domain.tokens)
        .open(session.id(), session.telegramId(), sealed);
  }

  private TelegramClient open(SessionFiles copy) throws InterruptedException {
    var here = stage.servers();
    var there =
        new TelegramServers.Sandbox(
            here.host(),
            here.port(),
            stage.dataCentre.proxySecret("elsewhere"),
            here.publicKeyPem());
    var clients =
        new TelegramClients(elsewhere, there, new TelegramApi(1, new Secret("sandbox")), "copy");
    var scratch = ScratchDirectory.create(directory.resolve("elsewhere").resolve("copy"));
    scratch.write(clients.binlog(scratch.path()), copy.binlog());
    return clients.open(scratch.path(), copy.databaseKey());
  }
}
