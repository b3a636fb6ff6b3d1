package propusk.mtproto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import propusk.domain.login.Failure;
import propusk.domain.login.LoginState;
import propusk.domain.seal.Secret;
import propusk.mtproto.client.AuthorizationState;
import propusk.mtproto.client.AuthorizationState.Ready;
import propusk.mtproto.client.AuthorizationState.WaitOtherDeviceConfirmation;
import propusk.mtproto.client.Signal;
import propusk.mtproto.client.TdRequest;
import propusk.mtproto.client.TdUpdate;
import propusk.mtproto.client.Tdlib;
import propusk.mtproto.client.TelegramApi;
import propusk.mtproto.client.TelegramClient;
import propusk.mtproto.client.TelegramClients;
import propusk.mtproto.tdlib.TdLibrary;
import propusk.sandbox.world.Person;

/// The link that a page lets its owner copy, given to another program of theirs: a real TDLib that
/// is in already. The worker runs in a process of its own.
final class TokenCopyTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private Stage stage;
  private Tdlib tdlib;
  private TelegramClients clients;

  @BeforeEach
  void set() {
    stage = new Stage(directory);
    var pem = stage.dataCentre.publicKeyPem();
    tdlib = Tdlib.start(TdLibrary.find().loadForSandbox(pem, directory), directory);
    var api = new TelegramApi(1, new Secret("sandbox"));
    clients = new TelegramClients(tdlib, stage.servers(), api, "another program");
  }

  @AfterEach
  void close() throws Exception {
    assertTrue(tdlib.close(SOON), "TDLib did not close");
    stage.close();
  }

  @Test
  void anotherProgramOfTheSamePersonAcceptsTheCopiedLink() throws Exception {
    var ilya = stage.person("Илья");
    var theirs = in(ilya);
    try (var _ = WorkerProcess.start(stage)) {
      var login = stage.open(ilya);
      accept(theirs, stage.link(login, 1));
      stage.await(login, LoginState.Completed.class);
      stage.awaitWiped(login);
    }
    assertEquals(2, stage.dataCentre.sessions(ilya.id()).size());
  }

  @Test
  void anotherPersonsProgramThatAcceptsItConnectsNobody() throws Exception {
    var mallory = stage.person("Мэллори");
    var theirs = in(mallory);
    try (var _ = WorkerProcess.start(stage)) {
      var login = stage.open(stage.person("Илья"));
      accept(theirs, stage.link(login, 1));
      assertEquals(Failure.WRONG_ACCOUNT, stage.await(login, LoginState.Failed.class).reason());
      stage.awaitWiped(login);
    }
    var left = stage.dataCentre.sessions(mallory.id());
    assertEquals(1, left.size());
    assertTrue(left.getFirst().appVersion().startsWith("another program"), left.toString());
  }

  private static void accept(TelegramClient theirs, Secret link) throws InterruptedException {
    theirs.ask(new TdRequest.ConfirmQrCodeAuthentication(link.value()), SOON);
  }

  /// A program of this person's that is in already.
  private TelegramClient in(Person person) throws InterruptedException {
    var client = clients.open(directory.resolve("theirs"), new byte[32]);
    client.request(new TdRequest.RequestQrCodeAuthentication());
    var link = await(client, WaitOtherDeviceConfirmation.class).link();
    stage.scan(person, link);
    await(client, Ready.class);
    return client;
  }

  private static <S extends AuthorizationState> S await(TelegramClient client, Class<S> state)
      throws InterruptedException {
    while (true) {
      var signal = client.next(SOON).orElseThrow();
      if (signal instanceof Signal.Told(TdUpdate.Authorization(var told))
          && state.isInstance(told)) {
        return state.cast(told);
      }
    }
  }
}
