package propusk.mtproto.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/// Opens TDLib clients for the configured Telegram, each in a directory of its own.
public final class TelegramClients {
  private static final Duration START = Duration.ofSeconds(15);

  private final Tdlib tdlib;
  private final TelegramServers servers;
  private final TelegramApi api;
  private final String version;

  public TelegramClients(Tdlib tdlib, TelegramServers servers, TelegramApi api, String version) {
    this.tdlib = tdlib;
    this.servers = servers;
    this.api = api;
    this.version = version;
  }

  /// Starts a client on what lies in `directory`, or on nothing.
  ///
  /// @param databaseKey 32 random bytes: with an empty key a copied file would log in anywhere
  /// @throws TdRefused when TDLib does not take the files or the key; the client is closing then
  public TelegramClient open(Path directory, byte[] databaseKey) throws InterruptedException {
    var client = create();
    start(client, directory, databaseKey, () -> {});
    return client;
  }

  /// The same, with a request that stands in TDLib's queue before all those of its own: if Telegram
  /// has ended the session, this is the one that is told why.
  public <R> Asking<R> open(Path directory, byte[] databaseKey, TdRequest<R> first)
      throws InterruptedException {
    var client = create();
    var pending = new AtomicReference<TdClient.Pending<R>>();
    start(client, directory, databaseKey, () -> pending.set(client.td().begin(first)));
    return new Asking<>(client, pending.get());
  }

  /// A client whose first request is on its way.
  public record Asking<R>(TelegramClient client, TdClient.Pending<R> answer) {}

  private TelegramClient create() {
    var signals = new Signals();
    return new TelegramClient(tdlib.open(signals::told), signals);
  }

  private void start(TelegramClient client, Path directory, byte[] databaseKey, Runnable then)
      throws InterruptedException {
    try {
      // The file keeps the last proxy, so which one to use is said at every start, before anything
      // connects.
      var proxy = client.td().begin(proxy());
      var parameters = client.td().begin(parameters(directory, databaseKey));
      then.run();
      parameters.await(START);
      proxy.await(START);
    } catch (TdRefused | TdSilent e) {
      client.td().close();
      throw e;
    }
  }

  /// Where a client keeps its authorization: the one file that a saved session needs.
  public Path binlog(Path directory) {
    return directory.resolve(
        switch (servers) {
          case TelegramServers.Production _ -> "td.binlog";
          case TelegramServers.Sandbox _ -> "td_test.binlog";
        });
  }

  private TdRequest<?> proxy() {
    return switch (servers) {
      case TelegramServers.Production _ -> new TdRequest.DisableProxy();
      case TelegramServers.Sandbox sandbox ->
          new TdRequest.AddProxy(
              new TdRequest.Proxy(
                  sandbox.host(),
                  sandbox.port(),
                  new TdRequest.ProxyTypeMtproto(sandbox.proxySecret())),
              true);
    };
  }

  private TdRequest.SetTdlibParameters parameters(Path directory, byte[] databaseKey) {
    return new TdRequest.SetTdlibParameters(
        servers instanceof TelegramServers.Sandbox,
        directory.toString(),
        directory.toString(),
        databaseKey,
        api.id(),
        api.hash().value(),
        "en",
        "Propusk",
        "Java",
        version);
  }
}
