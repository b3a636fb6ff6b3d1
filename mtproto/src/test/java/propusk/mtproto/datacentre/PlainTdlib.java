package propusk.mtproto.datacentre;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import propusk.mtproto.tdlib.TdJson;
import propusk.mtproto.tdlib.TdLibrary;
import tools.jackson.databind.json.JsonMapper;

/// A loaded TDLib without anything of ours around it: requests and updates are JSON.
///
/// For what the product never asks TDLib, such as temporary keys or another proxy.
final class PlainTdlib {
  static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration SHORT = Duration.ofMillis(200);

  private final TdJson library;
  private final Map<Integer, PlainClient> clients = new ConcurrentHashMap<>();
  private final Thread receiver;
  private volatile boolean ending;

  PlainTdlib(String publicKeyPem, Path directory) {
    library = TdLibrary.find().loadForSandbox(publicKeyPem, directory);
    library.execute("{\"@type\":\"setLogStream\",\"log_stream\":{\"@type\":\"logStreamEmpty\"}}");
    library.execute("{\"@type\":\"setLogVerbosityLevel\",\"new_verbosity_level\":0}");
    receiver = Thread.ofPlatform().daemon().name("plain-tdlib").start(this::receive);
  }

  PlainClient open() {
    int id = library.createClientId();
    var client = new PlainClient(request -> library.send(id, request));
    clients.put(id, client);
    return client;
  }

  private void receive() {
    while (!ending) {
      library
          .receive(SHORT)
          .map(JSON::readTree)
          .ifPresent(told -> {
            var client = clients.get(told.path("@client_id").asInt(0));
            if (client != null) {
              client.take(told);
            }
          });
    }
  }

  /// Closes every client first: the library aborts the process else.
  public void close() throws InterruptedException {
    for (var client : clients.values()) {
      client.close();
    }
    ending = true;
    receiver.join();
  }
}
