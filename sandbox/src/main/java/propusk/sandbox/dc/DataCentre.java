package propusk.sandbox.dc;

import java.util.List;
import propusk.sandbox.world.World;

/// A Telegram data centre on loopback for the people of one [World], by MTProto.
///
/// Clients reach it through an MTProxy ([#port], [#proxySecret]) with [#publicKeyPem] as the
/// server's key. The other methods are what a person does with a phone. Any thread may call them.
public final class DataCentre implements AutoCloseable {
  private final World world;
  private final DataCentreConfig config;

  private DataCentre(World world, DataCentreConfig config) {
    this.world = world;
    this.config = config;
  }

  /// Starts listening.
  ///
  /// @throws java.io.UncheckedIOException if the port is taken
  public static DataCentre start(World world, DataCentreConfig config) {
    return new DataCentre(world, config);
  }

  public int dcId() {
    return config.dcId();
  }

  public String host() {
    return "127.0.0.1";
  }

  public int port() {
    return config.port();
  }

  /// The MTProxy secret, 16 bytes in hexadecimal, as `proxyTypeMtproto` takes it.
  public String proxySecret() {
    return "00000000000000000000000000000000";
  }

  /// The server's RSA key, PKCS#1 in PEM without a line feed at the end; always 425 bytes.
  public String publicKeyPem() {
    return "";
  }

  /// Scans `link` with the phone of a person.
  public AcceptOutcome accept(long personId, String link) {
    return new AcceptOutcome.Invalid();
  }

  /// The QR codes in view, oldest first.
  public List<PendingToken> pendingTokens() {
    return List.of();
  }

  /// The sessions of a person, latest first.
  public List<PersonSession> sessions(long personId) {
    return List.of();
  }

  /// Ends a session; false if there is none with this id.
  public boolean revoke(long sessionId, RevocationKind kind) {
    return false;
  }

  /// Cuts every connection; clients connect again.
  public void dropConnections() {}

  @Override
  public void close() {
    world.calls();
  }
}
