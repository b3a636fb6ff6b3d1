package propusk.sandbox.dc;

import java.io.IOException;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.sandbox.dc.handler.Dispatcher;
import propusk.sandbox.dc.handler.Phone;
import propusk.sandbox.dc.handshake.AuthKeys;
import propusk.sandbox.dc.handshake.Handshakes;
import propusk.sandbox.dc.login.Authorizations;
import propusk.sandbox.dc.login.LoginCode;
import propusk.sandbox.dc.login.LoginCodes;
import propusk.sandbox.dc.login.LoginToken;
import propusk.sandbox.dc.login.LoginTokens;
import propusk.sandbox.dc.message.ClientSessions;
import propusk.sandbox.dc.message.Connection;
import propusk.sandbox.dc.message.MessageIds;
import propusk.sandbox.dc.message.Salts;
import propusk.sandbox.dc.message.ServiceMessages;
import propusk.sandbox.dc.transport.Wire;
import propusk.sandbox.world.People;
import propusk.sandbox.world.World;

/// A Telegram data centre on loopback for the people of one [World], by MTProto.
///
/// Clients reach it through an MTProxy ([#port], [#proxySecret]) with [#publicKeyPem] as the
/// server's key. The other methods are what a person does with a phone. Any thread may call them.
/// Message ids and salts go by the machine's clock, which clients share; tokens by the world's.
public final class DataCentre implements AutoCloseable {
  /// Clients know of data centres 1 to 5.
  public static final int COUNT = 5;

  private static final Logger LOG = LoggerFactory.getLogger(DataCentre.class);

  private final DataCentreConfig config;
  private final SecureRandom random = new SecureRandom();
  private final InstantSource machineClock = InstantSource.system();
  private final Identity identity;
  private final AuthKeys keys;
  private final LoginTokens tokens;
  private final LoginCodes codes;
  private final Authorizations authorizations;
  private final ClientSessions sessions;
  private final Phone phone;
  private final Connection.Shared shared;
  private final Listener listener;

  private DataCentre(World world, DataCentreConfig config) {
    this.config = config;
    identity = Identity.of(world, random);
    keys = new AuthKeys(world, machineClock);
    tokens = new LoginTokens(world, random);
    codes = new LoginCodes(world, random);
    authorizations = new Authorizations(world, keys, random);
    var salts = new Salts(machineClock);
    var ids = new MessageIds(machineClock);
    sessions = new ClientSessions(keys, salts, ids, random);
    phone = new Phone(world, keys, tokens, authorizations, sessions);
    var dispatcher =
        new Dispatcher(
            new Dispatcher.Parts(
                world,
                keys,
                tokens,
                codes,
                authorizations,
                sessions,
                phone,
                random,
                config.dcId(),
                this::port));
    var handshakes = new Handshakes(identity.key(), keys, machineClock, random);
    var service = new ServiceMessages(keys, sessions, salts, ids, random, dispatcher);
    shared = new Connection.Shared(keys, handshakes, sessions, service, ids);
    listener = Listener.start(config.port(), world.faults()::offline, this::serve);
    world.clock().onShift(phone::refreshExpired);
    world.onReset(this::dropConnections);
    world.faults().onChange(() -> goOffline(world.faults().offline()));
  }

  /// Starts listening.
  ///
  /// @throws java.io.UncheckedIOException if the port is taken
  public static DataCentre start(World world, DataCentreConfig config) {
    var dataCentre = new DataCentre(world, config);
    LOG.info("data centre listened dc={} port={}", config.dcId(), dataCentre.port());
    return dataCentre;
  }

  public int dcId() {
    return config.dcId();
  }

  public String host() {
    return "127.0.0.1";
  }

  public int port() {
    return listener.port();
  }

  /// The MTProxy secret, 16 bytes in hexadecimal, as `proxyTypeMtproto` takes it.
  public String proxySecret() {
    return identity.proxySecret();
  }

  /// The secret by which clients at another place come: for Telegram they have another address.
  public String proxySecret(String place) {
    return identity.proxySecret(place, random);
  }

  /// The server's RSA key, PKCS#1 in PEM without a line feed at the end; always 425 bytes.
  public String publicKeyPem() {
    return identity.key().publicPem();
  }

  /// What the protocol calls that key.
  public long keyFingerprint() {
    return identity.key().fingerprint();
  }

  /// Scans `link` with the phone of a person.
  ///
  /// @throws IllegalArgumentException if there is no such person
  public AcceptOutcome accept(long personId, String link) {
    return phone.scan(personId, link);
  }

  /// Refuses to log in by `link`: it cannot be accepted any more. False if it was not live.
  public boolean decline(String link) {
    return tokens.find(link).filter(tokens::decline).isPresent();
  }

  /// The QR codes in view, oldest first: the latest of each client that is connected.
  public List<PendingToken> pendingTokens() {
    return tokens.inView().stream()
        .filter(token -> sessions.isConnected(token.holder()))
        .map(this::inView)
        .flatMap(Optional::stream)
        .toList();
  }

  /// The login codes sent to a phone number, newest last.
  public List<LoginCode> loginCodes(String phone) {
    return codes.sentTo(People.digits(phone));
  }

  /// Runs `listener` with every login code that is sent, on the thread of the client that asked.
  public void onLoginCode(Consumer<LoginCode> listener) {
    codes.onSent(listener);
  }

  /// The sessions of a person, latest first.
  public List<PersonSession> sessions(long personId) {
    return authorizations.of(personId);
  }

  /// Everybody's sessions, those that wait for a password too, and who is connected with them.
  public List<SessionHolder> holders() {
    return authorizations.holders(sessions.connectedClients());
  }

  /// Ends a session; false if there is none with this id. Its client learns it at its next request.
  public boolean revoke(long sessionId, RevocationKind kind) {
    return authorizations.revoke(sessionId, kind);
  }

  /// Cuts every connection; clients connect again.
  public void dropConnections() {
    listener.cutAll();
  }

  @Override
  public void close() {
    listener.close();
  }

  private void goOffline(boolean offline) {
    if (offline) {
      dropConnections();
    }
  }

  private void serve(Socket socket) {
    try {
      var wire = Wire.open(socket, identity.proxySecrets(), random);
      new Connection(wire, shared).run();
    } catch (IOException e) {
      LOG.debug("client was not understood reason={}", e.getMessage());
    }
  }

  private Optional<PendingToken> inView(LoginToken token) {
    return keys.find(token.holder())
        .map(key ->
            new PendingToken(
                token.link(),
                key.client().deviceModel(),
                "API " + key.client().apiId(),
                token.createdAt(),
                token.expiresAt()));
  }
}
