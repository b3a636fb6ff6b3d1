package propusk.mtproto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import propusk.domain.login.Failure;
import propusk.domain.login.LoginState;
import propusk.sandbox.dc.AcceptOutcome;
import propusk.sandbox.world.FaultPlan;
import propusk.sandbox.world.MethodFault;

/// What Telegram refuses a login by QR, through the real TDLib.
final class RefusedLoginTest {
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

  @ParameterizedTest
  @CsvSource({
    "400, API_ID_INVALID, API_REJECTED",
    "400, API_ID_PUBLISHED_FLOOD, API_REJECTED",
    "406, UPDATE_APP_TO_LOGIN, API_REJECTED",
    "400, PHONE_NUMBER_BANNED, PHONE_BANNED",
    "406, PHONE_PASSWORD_FLOOD, PASSWORD_FLOOD",
    "420, FLOOD_WAIT_300, FLOOD_WAIT",
    "400, SOMETHING_NEW, RUN_BROKEN"
  })
  void whatTelegramRefusesAtTheFirstLinkHasItsOwnEnd(int status, String text, Failure end)
      throws Exception {
    fails(MethodFault.failing("auth.exportLoginToken", status, text));
    stage.startWorker();
    var login = stage.open(stage.person("Илья"));
    var failed = stage.await(login, LoginState.Failed.class);
    assertEquals(end, failed.reason());
    if (end == Failure.FLOOD_WAIT) {
      assertEquals(Optional.of(stage.domain.clock.instant().plusSeconds(300)), failed.retryAt());
    }
    stage.awaitWiped(login);
  }

  /// TDLib waits and asks again by itself, and tells nobody: for up to a minute the page waits.
  @ParameterizedTest
  @CsvSource({"420, FLOOD_WAIT_2", "500, INTERNAL"})
  void whatTelegramRefusesForAMomentOnlyTakesLonger(int status, String text) throws Exception {
    fails(MethodFault.failing("auth.exportLoginToken", status, text).times(1));
    stage.startWorker();
    var ilya = stage.person("Илья");
    var login = stage.open(ilya);
    assertInstanceOf(AcceptOutcome.Accepted.class, stage.scan(ilya, stage.link(login, 1)));
    stage.await(login, LoginState.Completed.class);
  }

  /// TDLib closes such a client and keeps the reason to itself.
  @ParameterizedTest
  @ValueSource(strings = {"USER_DEACTIVATED_BAN", "SESSION_REVOKED"})
  void anAuthorizationThatEndsAtTheScanEndsTheLogin(String text) throws Exception {
    stage.startWorker();
    var ilya = stage.person("Илья");
    var login = stage.open(ilya);
    var link = stage.link(login, 1);
    fails(MethodFault.failing("auth.exportLoginToken", 401, text));
    stage.scan(ilya, link);
    assertEquals(Failure.RUN_BROKEN, stage.await(login, LoginState.Failed.class).reason());
    stage.awaitWiped(login);
    assertEquals(0, stage.count("SELECT count(*) FROM telegram_session"));
  }

  @Test
  void aFloodWhileTheQrIsRenewedLeavesItStaleAndItComesBack() throws Exception {
    stage.telegram.faults().set(FaultPlan.NONE.withLoginTokenSeconds(2));
    stage.startWorker();
    var ilya = stage.person("Илья");
    var login = stage.open(ilya);
    stage.link(login, 1);
    stage
        .telegram
        .faults()
        .set(
            FaultPlan.NONE
                .withLoginTokenSeconds(20)
                .withMethods(MethodFault.flood("auth.exportLoginToken", 300).times(1)));
    assertInstanceOf(AcceptOutcome.Accepted.class, stage.scan(ilya, stage.link(login, 2)));
    stage.await(login, LoginState.Completed.class);
    assertEquals(List.of(), stage.dataCentre.pendingTokens());
  }

  private void fails(MethodFault fault) {
    stage.telegram.faults().set(FaultPlan.NONE.withMethods(fault));
  }
}
