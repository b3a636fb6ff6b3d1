package propusk.sandbox.dc.login;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import propusk.sandbox.dc.PersonSession;
import propusk.sandbox.dc.RevocationKind;
import propusk.sandbox.dc.SessionHolder;
import propusk.sandbox.dc.handshake.AuthKey;
import propusk.sandbox.dc.handshake.AuthKeys;
import propusk.sandbox.world.Person;
import propusk.sandbox.world.Shelf;
import propusk.sandbox.world.World;

/// Which person each key is logged in as. A session and its key are kept in the world.
public final class Authorizations {
  /// Ids fit into what JavaScript counts exactly.
  private static final long MOST_ID = 1L << 53;

  /// How exact the time of the last activity is kept.
  private static final Duration GRAIN = Duration.ofSeconds(10);

  private final World world;
  private final AuthKeys keys;
  private final SecureRandom random;
  private final Shelf<Long, StoredSession> shelf;

  public Authorizations(World world, AuthKeys keys, SecureRandom random) {
    this.world = world;
    this.keys = keys;
    this.random = random;
    this.shelf = world.shelf("session", Long.class, StoredSession.class);
  }

  /// A number for a session to come.
  public long newId() {
    return random.nextLong(1, MOST_ID);
  }

  /// Lets a person's new session begin with a key; with a two-step password it waits for that.
  public PersonSession begin(long id, AuthKey key, Person person) {
    var session = draft(id, key, person);
    boolean pending = person.password().isPresent();
    store(new StoredSession(session, key.id(), pending));
    keys.update(key.id(), held -> pending ? held.awaitingPassword(id) : held.loggedIn(id));
    return session;
  }

  /// The session that would begin.
  public PersonSession draft(long id, AuthKey key, Person person) {
    var now = world.clock().instant();
    var client = key.client();
    return new PersonSession(
        id,
        person.id(),
        client.deviceModel(),
        client.systemVersion(),
        "API " + client.apiId(),
        client.appVersion(),
        now,
        now);
  }

  /// Lets the holder of a session use it in another data centre too.
  public void share(PersonSession session, AuthKey key) {
    keys.update(key.id(), held -> held.loggedIn(session.id()));
  }

  public Optional<PersonSession> find(long id) {
    return shelf.find(id).map(StoredSession::session);
  }

  /// The password was given: the waiting session of a key begins.
  public Optional<Person> complete(AuthKey key) {
    var waiting = key.pendingSession().flatMap(shelf::find);
    waiting.ifPresent(stored -> {
      store(stored.complete());
      keys.update(key.id(), held -> held.loggedIn(stored.session().id()));
    });
    return waiting.flatMap(stored -> world.people().find(stored.session().personId()));
  }

  /// The person a key is logged in as.
  public Optional<Person> personOf(AuthKey key) {
    return sessionOf(key).flatMap(session -> world.people().find(session.personId()));
  }

  /// The person whose password a key still has to give.
  public Optional<Person> expectedPersonOf(AuthKey key) {
    return key.pendingSession()
        .flatMap(shelf::find)
        .flatMap(stored -> world.people().find(stored.session().personId()));
  }

  public Optional<PersonSession> sessionOf(AuthKey key) {
    return key.session().flatMap(shelf::find).map(StoredSession::session);
  }

  /// Whether a session waits for the two-step password.
  public boolean isPending(long id) {
    return shelf.find(id).filter(StoredSession::passwordPending).isPresent();
  }

  /// The sessions of a person that have begun, latest first.
  public List<PersonSession> of(long personId) {
    return shelf.all().stream()
        .filter(Predicate.not(StoredSession::passwordPending))
        .map(StoredSession::session)
        .filter(session -> session.personId() == personId)
        .sorted(Comparator.comparing(PersonSession::createdAt).reversed())
        .toList();
  }

  /// The sessions of everybody, begun or waiting for a password.
  ///
  /// @param connectedClients by permanent key
  public List<SessionHolder> holders(Map<Long, Integer> connectedClients) {
    return shelf.all().stream()
        .map(stored ->
            new SessionHolder(
                stored.session().id(),
                stored.session().personId(),
                stored.passwordPending(),
                connectedClients.getOrDefault(stored.key(), 0)))
        .toList();
  }

  /// Ends the session of a key at its holder's wish.
  public void logOut(AuthKey key) {
    key.session().or(key::pendingSession).ifPresent(this::drop);
    keys.update(key.id(), AuthKey::loggedOut);
  }

  /// Ends a session against its holder's will; false if there is none.
  public boolean revoke(long sessionId, RevocationKind kind) {
    var stored = drop(sessionId);
    stored.ifPresent(ended -> keys.update(ended.key(), key -> key.revoked(kind)));
    return stored.isPresent();
  }

  /// Notes that the holder of a session did something.
  public void touch(PersonSession session) {
    var now = world.clock().instant();
    if (session.lastActiveAt().plus(GRAIN).isBefore(now)) {
      shelf.update(session.id(), stored -> stored.activeAt(now));
    }
  }

  private Optional<StoredSession> drop(long sessionId) {
    return shelf.remove(sessionId);
  }

  private void store(StoredSession stored) {
    shelf.put(stored.session().id(), stored);
  }
}
