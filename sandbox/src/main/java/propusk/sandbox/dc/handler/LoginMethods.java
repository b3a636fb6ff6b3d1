package propusk.sandbox.dc.handler;

import java.util.Base64;
import java.util.Map;
import propusk.sandbox.dc.AcceptOutcome;
import propusk.sandbox.dc.handler.Method.Asker;
import propusk.sandbox.dc.login.Authorizations;
import propusk.sandbox.dc.login.LoginTokens;
import propusk.sandbox.dc.schema.TlObject;
import propusk.sandbox.world.Person;
import propusk.sandbox.world.World;

/// `auth.*` of a login by QR code, and of its end.
///
/// See <https://core.telegram.org/api/qr-login>.
final class LoginMethods {
  private final World world;
  private final LoginTokens tokens;
  private final Authorizations authorizations;
  private final Phone phone;

  LoginMethods(World world, LoginTokens tokens, Authorizations authorizations, Phone phone) {
    this.world = world;
    this.tokens = tokens;
    this.authorizations = authorizations;
    this.phone = phone;
  }

  Map<String, Method> table() {
    return Map.of(
        "auth.exportLoginToken", (asker, _) -> export(asker),
        "auth.acceptLoginToken", this::accept,
        "auth.logOut", (asker, _) -> logOut(asker),
        "auth.dropTempAuthKeys", (_, _) -> true);
  }

  /// A client that was let in meanwhile learns it here, also by whom in another data centre; others
  /// get a new token.
  private TlObject export(Asker asker) throws RpcException {
    var person = authorizations.personOf(asker.key());
    if (person.isPresent()) {
      return success(person.get());
    }
    if (asker.key().pendingSession().isPresent()) {
      throw new RpcException(401, "SESSION_PASSWORD_NEEDED");
    }
    var elsewhere = MigrationMethods.home(world, tokens.accepted(asker.key().id()), asker.key());
    if (elsewhere.isPresent()) {
      return elsewhere.get();
    }
    var token = tokens.export(asker.key().id());
    var expiresAt = token.expiresAt().minus(world.clock().skipped());
    return TlObject.of(
        "auth.loginToken", "expires", (int) expiresAt.getEpochSecond(), "token", token.bytes());
  }

  private TlObject accept(Asker asker, TlObject call) throws RpcException {
    var person =
        authorizations
            .personOf(asker.key())
            .orElseThrow(() -> new RpcException(401, "AUTH_KEY_UNREGISTERED"));
    var token = Base64.getUrlEncoder().encodeToString(call.bytes("token"));
    return switch (phone.scan(person.id(), token)) {
      case AcceptOutcome.Accepted(long session) ->
          PersonView.line(
              authorizations
                  .find(session)
                  .orElseGet(() -> authorizations.draft(session, asker.key(), person)),
              0,
              false);
      case AcceptOutcome.Expired() -> throw new RpcException(400, "AUTH_TOKEN_EXPIRED");
      case AcceptOutcome.AlreadyAccepted() ->
          throw new RpcException(400, "AUTH_TOKEN_ALREADY_ACCEPTED");
      case AcceptOutcome.Invalid() -> throw new RpcException(400, "AUTH_TOKEN_INVALID");
    };
  }

  private TlObject logOut(Asker asker) {
    tokens.expireAll(asker.key().id());
    authorizations.logOut(asker.key());
    return TlObject.of("auth.loggedOut");
  }

  static TlObject success(Person person) {
    return TlObject.of("auth.loginTokenSuccess", "authorization", PersonView.authorization(person));
  }
}
