package propusk.mtproto.datacentre;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;
import static propusk.mtproto.datacentre.Telegram.SOON;
import static propusk.mtproto.datacentre.Telegram.await;
import static propusk.mtproto.datacentre.Telegram.awaitConnected;
import static propusk.mtproto.datacentre.Telegram.link;
import static propusk.mtproto.datacentre.Telegram.sessions;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import propusk.mtproto.client.AuthorizationState.Closed;
import propusk.mtproto.client.AuthorizationState.LoggingOut;
import propusk.mtproto.client.AuthorizationState.Ready;
import propusk.mtproto.client.AuthorizationState.WaitPassword;
import propusk.mtproto.client.TdError;
import propusk.mtproto.client.TdRefused;
import propusk.mtproto.client.TdRequest;
import propusk.mtproto.client.TelegramClient;
import propusk.sandbox.dc.AcceptOutcome.Accepted;
import propusk.sandbox.dc.AcceptOutcome.Expired;
import propusk.sandbox.dc.RevocationKind;
import propusk.sandbox.world.FaultPlan;
import propusk.sandbox.world.MethodFault;
import propusk.sandbox.world.NewPerson;

/// The real TDLib logs in by a code, comes back, and loses its session in every way there is.
final class QrLoginTest {
  private static final int MANY = 64;
  private static final int AT_ONCE = 8;

  @TempDir private static Path directory;
  private static Telegram telegram;

  @BeforeAll
  static void start() {
    telegram = new Telegram(directory);
  }

  @AfterAll
  static void stop() {
    telegram.close();
  }

  @AfterEach
  void behave() {
    telegram.world.faults().clear();
  }

  @Test
  void aScanLetsTheClientInAndItComesBackFromItsFiles() throws Exception {
    var anna = telegram.person("Анна");
    var files = telegram.newDirectory();
    var client = telegram.open(files);
    client.request(new TdRequest.RequestQrCodeAuthentication());
    assertInstanceOf(Accepted.class, telegram.dataCentre.accept(anna.id(), link(client)));
    await(client, Ready.class);
    assertEquals(anna.id(), client.myId(SOON));
    client.close();

    var again = telegram.open(files);
    awaitConnected(again);
    assertEquals(anna.id(), again.ask(new TdRequest.GetMe(), SOON).id());
    assertEquals(1, sessions(again));
    assertEquals("Propusk", telegram.dataCentre.sessions(anna.id()).getFirst().deviceModel());

    assertTrue(again.logOut(SOON));
    assertEquals(0, telegram.dataCentre.sessions(anna.id()).size());
  }

  @Test
  void anExpiredCodeIsReplacedAndOnlyTheNewOneIsGood() throws Exception {
    var anna = telegram.person("Анна");
    telegram.world.faults().set(FaultPlan.NONE.withLoginTokenSeconds(2));
    var client = telegram.showing();
    var first = link(client);
    var second = link(client);
    assertNotEquals(first, second);
    assertEquals(new Expired(), telegram.dataCentre.accept(anna.id(), first));
    assertInstanceOf(Accepted.class, telegram.dataCentre.accept(anna.id(), second));
    await(client, Ready.class);
    client.close();
  }

  @Test
  void skippedTimeReplacesTheCodeAtOnce() throws Exception {
    var anna = telegram.person("Анна");
    var client = telegram.showing();
    var first = link(client);
    telegram.world.clock().shift(Duration.ofSeconds(31));
    var second = link(client);
    assertEquals(new Expired(), telegram.dataCentre.accept(anna.id(), first));
    assertInstanceOf(Accepted.class, telegram.dataCentre.accept(anna.id(), second));
    await(client, Ready.class);
    client.close();
  }

  @Test
  void aRestartOfTheSandboxEndsNeitherSessionsNorCodes() throws Exception {
    var anna = telegram.person("Анна");
    var saved = telegram.newDirectory();
    logIn(anna.id(), saved).close();
    telegram.world.faults().set(FaultPlan.NONE.withLoginTokenSeconds(5));
    var waiting = telegram.showing();
    var link = link(waiting);

    telegram.restart();

    // The client is not connected again yet: it learns of the scan when it renews its code.
    assertInstanceOf(Accepted.class, telegram.dataCentre.accept(anna.id(), link));
    await(waiting, Ready.class);
    var back = telegram.open(saved);
    awaitConnected(back);
    assertEquals(2, sessions(back));
    back.close();
    waiting.close();
  }

  @ParameterizedTest
  @EnumSource(value = RevocationKind.class, mode = EXCLUDE, names = "AUTH_KEY_DUPLICATED")
  void aRevokedSessionEndsAtTheNextRequest(RevocationKind kind) throws Exception {
    var anna = telegram.person("Анна");
    var client = logIn(anna.id(), telegram.newDirectory());
    assertEquals(1, sessions(client));
    var session = telegram.dataCentre.sessions(anna.id()).getFirst();
    assertTrue(telegram.dataCentre.revoke(session.id(), kind));
    assertThrows(TdRefused.class, () -> sessions(client));
    await(client, LoggingOut.class);
    await(client, Closed.class);
  }

  @ParameterizedTest
  @EnumSource(value = RevocationKind.class, mode = EXCLUDE, names = "AUTH_KEY_DUPLICATED")
  void aSessionRevokedWhileClosedEndsSoonAfterOpening(RevocationKind kind) throws Exception {
    var anna = telegram.person("Анна");
    var files = telegram.newDirectory();
    logIn(anna.id(), files).close();
    var session = telegram.dataCentre.sessions(anna.id()).getFirst();
    assertTrue(telegram.dataCentre.revoke(session.id(), kind));
    var client = telegram.open(files);
    await(client, Closed.class);
    assertFalse(files.resolve("td_test.binlog").toFile().exists());
  }

  @Test
  void aCutConnectionLosesNoScan() throws Exception {
    var anna = telegram.person("Анна");
    var client = telegram.showing();
    var link = link(client);
    telegram.dataCentre.dropConnections();
    assertInstanceOf(Accepted.class, telegram.dataCentre.accept(anna.id(), link));
    await(client, Ready.class);
    client.close();
  }

  @Test
  void aScanWhileTelegramIsOutOfReachIsTakenUpAfterwards() throws Exception {
    var anna = telegram.person("Анна");
    var client = telegram.showing();
    var link = link(client);
    telegram.world.faults().set(FaultPlan.NONE.withOffline(true));
    assertInstanceOf(Accepted.class, telegram.dataCentre.accept(anna.id(), link));
    telegram.world.faults().clear();
    await(client, Ready.class);
    client.close();
  }

  @Test
  void aFloodIsWaitedOutInSilence() throws Exception {
    var flood = MethodFault.flood("auth.exportLoginToken", 1).times(1);
    telegram.world.faults().set(FaultPlan.NONE.withMethods(flood));
    var client = telegram.showing();
    assertTrue(link(client).startsWith("tg://login?token="));
    client.close();
  }

  @Test
  void aRefusedApiIdIsToldAtOnce() throws Exception {
    var refusal = MethodFault.failing("auth.exportLoginToken", 400, "API_ID_INVALID");
    telegram.world.faults().set(FaultPlan.NONE.withMethods(refusal));
    var client = telegram.open(telegram.newDirectory());
    var refused =
        assertThrows(
            TdRefused.class, () -> client.ask(new TdRequest.RequestQrCodeAuthentication(), SOON));
    assertEquals(new TdError.ApiIdRefused("API_ID_INVALID"), refused.error());
    client.close();
  }

  @Test
  void aTwoStepPasswordIsAskedForAfterTheScan() throws Exception {
    var boris =
        telegram
            .world
            .people()
            .create(
                new NewPerson(
                    "Борис",
                    Optional.empty(),
                    Optional.empty(),
                    "+79005550000",
                    Optional.of("секрет"),
                    Optional.empty()));
    var client = telegram.showing();
    assertInstanceOf(Accepted.class, telegram.dataCentre.accept(boris.id(), link(client)));
    await(client, WaitPassword.class);
    assertEquals(0, telegram.dataCentre.sessions(boris.id()).size());
    client.close();
  }

  @Test
  void theProxySecretMayAskForPadding() throws Exception {
    var client = telegram.open(telegram.newDirectory(), "dd" + telegram.dataCentre.proxySecret());
    client.request(new TdRequest.RequestQrCodeAuthentication());
    assertTrue(link(client).startsWith("tg://login?token="));
    client.close();
  }

  @Test
  void manyClientsShowCodesAndAllAreLetIn() throws Exception {
    var anna = telegram.person("Анна");
    var links = new HashMap<TelegramClient, String>();
    while (links.size() < MANY) {
      var started = new HashMap<TelegramClient, String>();
      while (started.size() < AT_ONCE) {
        started.put(telegram.showing(), "");
      }
      for (var client : started.keySet()) {
        links.put(client, link(client));
      }
    }
    assertEquals(MANY, new HashSet<>(links.values()).size());
    for (var link : links.values()) {
      assertInstanceOf(Accepted.class, telegram.dataCentre.accept(anna.id(), link));
    }
    for (var client : links.keySet()) {
      await(client, Ready.class);
    }
    assertEquals(MANY, telegram.dataCentre.sessions(anna.id()).size());
    for (var client : links.keySet()) {
      client.close();
    }
  }

  private static TelegramClient logIn(long person, Path files) throws InterruptedException {
    var client = telegram.open(files);
    client.request(new TdRequest.RequestQrCodeAuthentication());
    assertInstanceOf(Accepted.class, telegram.dataCentre.accept(person, link(client)));
    await(client, Ready.class);
    awaitConnected(client);
    return client;
  }
}
