package propusk.sandbox.dc.handler;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import propusk.sandbox.dc.DataCentre;
import propusk.sandbox.dc.PersonSession;
import propusk.sandbox.dc.handler.Method.Asker;
import propusk.sandbox.dc.handshake.AuthKey;
import propusk.sandbox.dc.login.Authorizations;
import propusk.sandbox.dc.login.LoginToken;
import propusk.sandbox.dc.login.LoginTokens;
import propusk.sandbox.dc.schema.TlObject;
import propusk.sandbox.world.World;

/// `auth.*` of clients that go from one data centre to another: to the one where an account lives,
/// or, logged in, to any other.
///
/// See <https://core.telegram.org/api/datacenter> and <https://core.telegram.org/api/qr-login>.
final class MigrationMethods {
  private static final int PASS_BYTES = 96;

  private final World world;
  private final LoginTokens tokens;
  private final Authorizations authorizations;
  private final SecureRandom random;
  private final Map<Long, Pass> passes = new ConcurrentHashMap<>();

  /// What a logged-in client shows in another data centre.
  @SuppressWarnings("ArrayRecordComponent")
  private record Pass(PersonSession session, int dc, byte[] bytes) {}

  MigrationMethods(Dispatcher.Parts parts) {
    this.world = parts.world();
    this.tokens = parts.tokens();
    this.authorizations = parts.authorizations();
    this.random = parts.random();
    world.onReset(passes::clear);
  }

  Map<String, Method> table() {
    return Map.of(
        "auth.importLoginToken", this::importToken,
        "auth.exportAuthorization", this::exportPass,
        "auth.importAuthorization", this::importPass);
  }

  /// Where the client must show a token whose accepter lives in another data centre.
  static Optional<TlObject> home(World world, Optional<LoginToken> accepted, AuthKey key) {
    return accepted.flatMap(token ->
        token
            .acceptedBy()
            .flatMap(world.people()::find)
            .filter(person -> !person.isAtHome(key.dc()))
            .map(person ->
                TlObject.of(
                    "auth.loginTokenMigrateTo", "dc_id", person.dc(), "token", token.bytes())));
  }

  /// A client that lost the answer may ask again.
  private TlObject importToken(Asker asker, TlObject call) throws RpcException {
    var key = asker.key();
    var token =
        tokens
            .find(Base64.getUrlEncoder().encodeToString(call.bytes("token")))
            .filter(found -> found.acceptedBy().isPresent())
            .orElseThrow(() -> new RpcException(400, "AUTH_TOKEN_INVALID"));
    var person =
        token
            .acceptedBy()
            .flatMap(world.people()::find)
            .orElseThrow(() -> new RpcException(400, "AUTH_TOKEN_EXPIRED"));
    var elsewhere = home(world, Optional.of(token), key);
    if (elsewhere.isPresent()) {
      return elsewhere.get();
    }
    long session = token.session().orElseThrow();
    if (tokens.imported(token)) {
      authorizations.begin(session, key, person);
    } else if (!key.session().or(key::pendingSession).equals(Optional.of(session))) {
      throw new RpcException(400, "AUTH_TOKEN_ALREADY_ACCEPTED");
    }
    boolean waits = authorizations.isPending(session);
    if (waits) {
      throw new RpcException(401, "SESSION_PASSWORD_NEEDED");
    }
    return LoginMethods.success(person);
  }

  private TlObject exportPass(Asker asker, TlObject call) throws RpcException {
    int dc = call.number("dc_id");
    if (dc < 1 || dc > DataCentre.COUNT || dc == asker.key().dc()) {
      throw new RpcException(400, "DC_ID_INVALID");
    }
    var session =
        authorizations
            .sessionOf(asker.key())
            .orElseThrow(() -> new RpcException(401, "AUTH_KEY_UNREGISTERED"));
    var bytes = new byte[PASS_BYTES];
    random.nextBytes(bytes);
    passes.put(session.personId(), new Pass(session, dc, bytes));
    return TlObject.of("auth.exportedAuthorization", "id", session.personId(), "bytes", bytes);
  }

  private TlObject importPass(Asker asker, TlObject call) throws RpcException {
    var pass = passes.get(call.big("id"));
    if (pass == null
        || pass.dc() != asker.key().dc()
        || !Arrays.equals(pass.bytes(), call.bytes("bytes"))) {
      throw new RpcException(400, "AUTH_BYTES_INVALID");
    }
    passes.remove(call.big("id"), pass);
    authorizations.share(pass.session(), asker.key());
    return world
        .people()
        .find(pass.session().personId())
        .map(PersonView::authorization)
        .orElseThrow(() -> new RpcException(400, "USER_ID_INVALID"));
  }
}
