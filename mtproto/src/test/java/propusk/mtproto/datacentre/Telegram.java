package propusk.mtproto.datacentre;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import propusk.domain.seal.Secret;
import propusk.mtproto.client.AuthorizationState;
import propusk.mtproto.client.AuthorizationState.WaitOtherDeviceConfirmation;
import propusk.mtproto.client.Signal;
import propusk.mtproto.client.TdRequest;
import propusk.mtproto.client.TdUpdate;
import propusk.mtproto.client.Tdlib;
import propusk.mtproto.client.TelegramApi;
import propusk.mtproto.client.TelegramClient;
import propusk.mtproto.client.TelegramClients;
import propusk.mtproto.client.TelegramServers;
import propusk.mtproto.tdlib.TdLibrary;
import propusk.sandbox.dc.DataCentre;
import propusk.sandbox.dc.DataCentreConfig;
import propusk.sandbox.world.NewPerson;
import propusk.sandbox.world.Person;
import propusk.sandbox.world.World;

/// A world, its data centre, and the real TDLib that takes it for Telegram.
final class Telegram implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(60);
  private static final byte[] KEY = new byte[32];

  static {
    new SecureRandom().nextBytes(KEY);
  }

  private final Path directory;
  private final Tdlib tdlib;
  private final int port;
  private final AtomicInteger numbered = new AtomicInteger();
  World world;
  DataCentre dataCentre;

  Telegram(Path directory) {
    this.directory = directory;
    this.world = World.open(directory.resolve("world"));
    this.dataCentre = DataCentre.start(world, DataCentreConfig.onFreePort());
    this.port = dataCentre.port();
    this.tdlib =
        Tdlib.start(
            TdLibrary.find().loadForSandbox(dataCentre.publicKeyPem(), directory), directory);
  }

  /// Ends the sandbox and starts it again in the same place.
  void restart() {
    dataCentre.close();
    world.close();
    world = World.open(directory.resolve("world"));
    dataCentre = DataCentre.start(world, new DataCentreConfig(2, port));
  }

  Person person(String name) {
    return world.people().create(NewPerson.of(name, "+7900" + (1000 + numbered.getAndIncrement())));
  }

  Path newDirectory() {
    return directory.resolve("client" + numbered.getAndIncrement());
  }

  TelegramClient open(Path files) throws InterruptedException {
    return open(files, dataCentre.proxySecret());
  }

  TelegramClient open(Path files, String secret) throws InterruptedException {
    var servers =
        new TelegramServers.Sandbox(dataCentre.host(), port, secret, dataCentre.publicKeyPem());
    var api = new TelegramApi(12345, new Secret("0123456789abcdef0123456789abcdef"));
    return new TelegramClients(tdlib, servers, api, "0.1").open(files, KEY);
  }

  /// A client that shows a code.
  TelegramClient showing() throws InterruptedException {
    var client = open(newDirectory());
    client.request(new TdRequest.RequestQrCodeAuthentication());
    return client;
  }

  /// Waits for the next code that a client shows.
  static String link(TelegramClient client) throws InterruptedException {
    return await(client, WaitOtherDeviceConfirmation.class).link().value();
  }

  /// Waits for a state, and passes over others before it.
  static <S extends AuthorizationState> S await(TelegramClient client, Class<S> state)
      throws InterruptedException {
    while (true) {
      var signal = client.next(SOON);
      assertTrue(signal.isPresent(), () -> "it did not come: " + state.getSimpleName());
      if (signal.get() instanceof Signal.Told(TdUpdate.Authorization(var told))
          && state.isInstance(told)) {
        return state.cast(told);
      }
    }
  }

  static void awaitConnected(TelegramClient client) throws InterruptedException {
    while (true) {
      var signal = client.next(SOON);
      assertTrue(signal.isPresent(), "it did not connect");
      if (signal.get() instanceof Signal.Told(TdUpdate.Connection(boolean ready)) && ready) {
        return;
      }
    }
  }

  /// How many sessions Telegram says there are: the request that must travel.
  static int sessions(TelegramClient client) throws InterruptedException {
    var sessions = client.ask(new TdRequest.GetActiveSessions(), SOON).sessions();
    return sessions == null ? 0 : sessions.size();
  }

  @Override
  public void close() {
    try {
      assertTrue(tdlib.close(SOON), "TDLib did not close");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    dataCentre.close();
    world.close();
  }
}
