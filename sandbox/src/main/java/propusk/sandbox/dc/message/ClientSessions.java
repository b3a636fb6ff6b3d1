package propusk.sandbox.dc.message;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import propusk.sandbox.dc.handshake.AuthKey;
import propusk.sandbox.dc.handshake.AuthKeys;

/// All sessions of this run of the data centre, connected or between two connections.
public final class ClientSessions {
  /// With more sessions than this, those without a connection are forgotten.
  private static final int MOST = 4096;

  private record Name(long key, long session) {}

  private final ConcurrentHashMap<Name, ClientSession> sessions = new ConcurrentHashMap<>();
  private final AuthKeys keys;
  private final Salts salts;
  private final MessageIds ids;
  private final SecureRandom random;

  public ClientSessions(AuthKeys keys, Salts salts, MessageIds ids, SecureRandom random) {
    this.keys = keys;
    this.salts = salts;
    this.ids = ids;
    this.random = random;
  }

  /// Sessions, connected or not, of everybody who holds a permanent key.
  public List<ClientSession> of(long permanentKey) {
    return sessions.values().stream()
        .filter(session -> keys.holder(session.key().id()).stream().anyMatch(holds(permanentKey)))
        .toList();
  }

  public boolean isConnected(long permanentKey) {
    return of(permanentKey).stream().anyMatch(ClientSession::isConnected);
  }

  /// How many sessions are connected for each permanent key.
  public Map<Long, Integer> connectedClients() {
    var counts = new HashMap<Long, Integer>();
    sessions.values().stream()
        .filter(ClientSession::isConnected)
        .flatMap(session -> keys.holder(session.key().id()).stream())
        .forEach(holder -> counts.merge(holder.id(), 1, Integer::sum));
    return counts;
  }

  /// Sends an update to every session of a permanent key that takes updates.
  public void push(long permanentKey, byte[] update) {
    for (var session : of(permanentKey)) {
      if (session.wantsUpdates()) {
        session.push(update);
      }
    }
  }

  public void cutAll() {
    sessions.values().forEach(ClientSession::cut);
  }

  /// Forgets the sessions of a key, and cuts none: the client ends them itself.
  public void forget(long permanentKey) {
    sessions.values().removeAll(of(permanentKey));
  }

  /// The session by this number, begun now if it is new.
  ClientSession findOrBegin(AuthKey key, long id) {
    var name = new Name(key.id(), id);
    var known = sessions.get(name);
    if (known == null && sessions.size() > MOST) {
      sessions.values().removeIf(session -> !session.isConnected());
    }
    return sessions.computeIfAbsent(name, _ -> new ClientSession(key, id, salts, ids, random));
  }

  /// Ends a session at its client's wish; false if there is none.
  boolean destroy(AuthKey key, long id) {
    return sessions.remove(new Name(key.id(), id)) != null;
  }

  private static Predicate<AuthKey> holds(long permanentKey) {
    return key -> key.id() == permanentKey;
  }
}
