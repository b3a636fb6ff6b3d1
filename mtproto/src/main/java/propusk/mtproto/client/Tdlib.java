package propusk.mtproto.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.mtproto.tdlib.NativeTdJson;
import propusk.mtproto.tdlib.TdJson;

/// The loaded library and the one platform thread that receives for every client of this process.
///
/// The thread looks only at the beginning and the end of each message: the type, the client, the
/// request. Owned by the worker, which closes it before the process ends: C++ destructors abort
/// while clients are open.
public final class Tdlib {
  private static final Logger LOG = LoggerFactory.getLogger(Tdlib.class);
  private static final Duration RECEIVE = Duration.ofSeconds(1);
  private static final int NO_CLIENT = 0;

  private final TdJson json;
  private final Map<Integer, TdClient> clients = new ConcurrentHashMap<>();
  private final CentreLog centres;
  private final Thread receiver;
  private volatile boolean ending;
  private final AtomicInteger opened = new AtomicInteger();
  private final FreedMemory freed = new FreedMemory(NativeTdJson::releaseFreedMemory);

  private Tdlib(TdJson json, Path directory) {
    this.json = json;
    this.centres = new CentreLog(json, directory, clients::containsKey);
    this.receiver = Thread.ofPlatform().name("tdlib-receive").daemon().unstarted(this::receive);
  }

  /// Tames the log first of all, then begins to receive.
  ///
  /// @param directory where only this process writes
  public static Tdlib start(TdJson json, Path directory) {
    var tdlib = new Tdlib(json, directory);
    tdlib.receiver.start();
    return tdlib;
  }

  /// A new client; its updates go to this mailbox until Closed.
  public TdClient open(Consumer<TdUpdate> mailbox) {
    if (ending) throw new IllegalStateException("TDLib is being closed");
    var client = new TdClient(json, json.createClientId(), mailbox, centres);
    clients.put(client.id(), client);
    opened.incrementAndGet();
    freed.opened(clients.size());
    return client;
  }

  /// In this process' whole life.
  public int openedClients() {
    return opened.get();
  }

  public int openClients() {
    return clients.size();
  }

  /// Closes every client, waits for each to be Closed, and ends the receiving thread.
  ///
  /// @return false when the deadline passed first: then only `_exit` ends the process safely
  public boolean close(Duration within) throws InterruptedException {
    var deadline = Deadline.after(within);
    ending = true;
    clients.values().forEach(TdClient::close);
    for (var client : clients.values()) {
      if (!client.awaitClosed(deadline.left())) return false;
    }
    // An answer of any kind wakes the thread at once.
    json.send(NO_CLIENT, "{\"@type\":\"getOption\",\"name\":\"version\"}");
    var ended = receiver.join(RECEIVE.plusSeconds(1));
    centres.close();
    return ended;
  }

  private void receive() {
    while (!ending || !clients.isEmpty()) {
      json.receive(RECEIVE).ifPresentOrElse(this::dispatch, this::rest);
    }
  }

  private void rest() {
    freed.rest();
  }

  private void dispatch(String message) {
    try {
      var client = clients.get(clientOf(message));
      if (client == null) return;
      if (message.startsWith("{\"@type\":\"update")) {
        update(client, message);
      } else {
        client.answered(extraOf(message), message);
      }
    } catch (RuntimeException e) {
      LOG.error("event=td_dispatch_failed reason={}", e.getClass().getSimpleName());
    }
  }

  private void update(TdClient client, String message) {
    if (message.startsWith("{\"@type\":\"updateAuthorizationState\"")) {
      var state = AuthorizationState.read(TdMapper.read(message).path("authorization_state"));
      if (state instanceof AuthorizationState.Closed) {
        clients.remove(client.id());
        freed.closed(clients.size());
      }
      client.updated(new TdUpdate.Authorization(state));
    } else if (message.startsWith("{\"@type\":\"updateConnectionState\"")) {
      client.updated(new TdUpdate.Connection(message.contains("\"connectionStateReady\"")));
    }
    // All other updates are dropped unread: most are options, told at every start.
  }

  /// TDLib appends `@client_id` last; a quote inside a text is escaped, so no text looks like it.
  private static int clientOf(String message) {
    var at = message.lastIndexOf("\"@client_id\":");
    if (at < 0) return NO_CLIENT;
    var end = message.indexOf('}', at);
    return Integer.parseInt(message, at + 13, end, 10);
  }

  private static String extraOf(String message) {
    var at = message.lastIndexOf("\"@extra\":\"");
    return at < 0 ? "" : message.substring(at + 10, message.indexOf('"', at + 10));
  }
}
