package propusk.sandbox.dc.message;

import java.security.SecureRandom;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import propusk.sandbox.dc.handshake.AuthKey;
import propusk.sandbox.dc.handshake.AuthKeys;

/// All sessions of this run of the data centre, connected or between two connections.
public final class ClientSessions {
  /// With more sessions than this, those without a connection are forgotten.
  private static final int MOST = 4096;

  /// By the key that their messages are sealed with, and their number.
  private final ConcurrentHashMap<Long, Map<Long, ClientSession>> sessions =
      new ConcurrentHashMap<>();

  private final AtomicInteger begun = new AtomicInteger();
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
    return keys.idsOf(permanentKey).stream()
        .map(key -> sessions.getOrDefault(key, Map.of()).values())
        .flatMap(Collection::stream)
        .toList();
  }

  public boolean isConnected(long permanentKey) {
    return of(permanentKey).stream().anyMatch(ClientSession::isConnected);
  }

  /// How many sessions are connected for each permanent key.
  public Map<Long, Integer> connectedClients() {
    var counts = new HashMap<Long, Integer>();
    sessions.values().stream()
        .flatMap(each -> each.values().stream())
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
    sessions.values().forEach(each -> each.values().forEach(ClientSession::cut));
  }

  /// Forgets the sessions of a key, and cuts none: the client ends them itself.
  public void forget(long permanentKey) {
    keys.idsOf(permanentKey).forEach(sessions::remove);
  }

  /// The session by this number, begun now if it is new.
  ClientSession findOrBegin(AuthKey key, long id) {
    var known = sessions.getOrDefault(key.id(), Map.of()).get(id);
    if (known != null) {
      return known;
    }
    if (begun.incrementAndGet() % MOST == 0) {
      forgetUnconnected();
    }
    return sessions
        .computeIfAbsent(key.id(), _ -> new ConcurrentHashMap<>())
        .computeIfAbsent(id, _ -> new ClientSession(key, id, salts, ids, random));
  }

  /// Ends a session at its client's wish; false if there is none.
  boolean destroy(AuthKey key, long id) {
    return sessions.getOrDefault(key.id(), Map.of()).remove(id) != null;
  }

  private void forgetUnconnected() {
    sessions.values().forEach(each -> each.values().removeIf(session -> !session.isConnected()));
  }
}
