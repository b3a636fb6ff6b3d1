package propusk.mtproto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import propusk.domain.account.Account;
import propusk.domain.login.LoginState;
import propusk.domain.session.SessionState;
import propusk.domain.session.TelegramSessionId;
import propusk.mtproto.client.TdRequest;
import propusk.mtproto.vault.VaultUse;
import propusk.mtproto.vault.VaultWork;
import propusk.sandbox.dc.RevocationKind;
import propusk.sandbox.world.Person;

/// Saved sessions that end at Telegram: what is stored, what is kept, who is told.
final class SessionEndTest {
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final VaultWork<Long> WHO_AM_I =
      client -> client.ask(new TdRequest.GetMe(), ANSWER).id();

  @TempDir private Path directory;
  private Stage stage;
  private MtprotoModule worker;
  private Person ilya;
  private Account account;
  private TelegramSessionId saved;

  @BeforeEach
  void logIn() throws Exception {
    stage = new Stage(directory);
    worker = stage.startWorker();
    ilya = stage.person("Илья");
    var login = stage.open(ilya);
    account = login.account();
    stage.scan(ilya, stage.link(login, 1));
    stage.await(login, LoginState.Completed.class);
    saved = stage.saved(account).id();
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @ParameterizedTest
  @CsvSource({
    "SESSION_REVOKED,       REVOKED",
    "AUTH_KEY_UNREGISTERED, REVOKED",
    "USER_DEACTIVATED,      DEACTIVATED",
    "USER_DEACTIVATED_BAN,  DEACTIVATED",
  })
  void endedWhileNobodyHadItOpen(RevocationKind kind, SessionState state) throws Exception {
    revoke(kind);
    assertEquals(new VaultUse.Over<>(state), worker.vault().use(saved, WHO_AM_I));
    endedOnceAndToldOnce(state);
    assertEquals(
        1,
        stage.count(
            "SELECT count(*) FROM telegram_session WHERE sealed IS NULL AND session_key IS NULL"));
  }

  /// Why, is told to one request only, which may be one of TDLib's own: revoked is what is left.
  @Test
  void endedWhileTheVaultHadItOpen() throws Exception {
    var outcome =
        worker
            .vault()
            .use(
                saved,
                client -> {
                  revoke(RevocationKind.SESSION_REVOKED);
                  client.ask(new TdRequest.GetActiveSessions(), ANSWER);
                  return 1L;
                });
    assertEquals(new VaultUse.Over<>(SessionState.REVOKED), outcome);
    endedOnceAndToldOnce(SessionState.REVOKED);
  }

  @Test
  void endedInTheMiddleOfWorkThatAsksNothingMoreItIsNotSealedBackForGood() throws Exception {
    var first =
        worker
            .vault()
            .use(
                saved,
                _ -> {
                  revoke(RevocationKind.SESSION_REVOKED);
                  return 1L;
                });
    // TDLib learns it from its own next request: before or after the files are read.
    if (first instanceof VaultUse.Done<Long>) {
      assertInstanceOf(VaultUse.Over.class, worker.vault().use(saved, WHO_AM_I));
    }
    endedOnceAndToldOnce(SessionState.REVOKED);
  }

  @Test
  void itsHealthCheckNoticesIt() {
    revoke(RevocationKind.SESSION_REVOKED);
    stage.in(handle -> stage.domain.sessions.requestCheck(handle, account.id()));
    Await.until(
        "an end",
        () -> stage.count("SELECT count(*) FROM alert WHERE kind = 'session_revoked'") == 1);
    endedOnceAndToldOnce(SessionState.REVOKED);
  }

  private void revoke(RevocationKind kind) {
    stage.dataCentre.revoke(stage.dataCentre.sessions(ilya.id()).getFirst().id(), kind);
  }

  private void endedOnceAndToldOnce(SessionState state) {
    var session = stage.in(handle -> stage.domain.sessions.find(handle, saved)).orElseThrow();
    assertEquals(state, session.state());
    assertEquals(
        1,
        stage.count(
            "SELECT count(*) FROM outbox WHERE kind = 'session_ended' AND subject = '%s' AND chat_id = %d"
                .formatted(saved.value(), ilya.id())));
    assertEquals(
        1,
        stage.count(
            "SELECT count(*) FROM alert WHERE kind = 'session_%s' AND subject = '%s' AND seen = 1"
                .formatted(state.code(), saved.value())));
    assertEquals(1, stage.count("SELECT count(*) FROM subscription WHERE plan_code = 'premium'"));
    assertEquals(
        1,
        stage.count(
            "SELECT count(*) FROM users WHERE NOT is_authenticated AND subscription_type ="
                + " 'premium'"));
  }
}
