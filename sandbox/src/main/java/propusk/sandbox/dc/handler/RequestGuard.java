package propusk.sandbox.dc.handler;

import java.util.Set;
import propusk.sandbox.dc.PersonSession;
import propusk.sandbox.dc.RevocationKind;
import propusk.sandbox.dc.handler.Method.Asker;
import propusk.sandbox.dc.login.Authorizations;
import propusk.sandbox.dc.message.ClientSession;
import propusk.sandbox.dc.message.ClientSessions;
import propusk.sandbox.world.Person;
import propusk.sandbox.world.Standing;

/// Lets a request through only from somebody who may make it.
///
/// A key that works from two places at once is judged as stolen: two runs of a client, both
/// connected, both with a request of their own, at different addresses. An address is where a
/// connection comes from and the proxy secret that it used. Logging out does not count: clients do
/// it in a run of its own.
final class RequestGuard {
  /// What clients may ask before they are logged in.
  private static final Set<String> FOR_EVERYBODY =
      Set.of(
          "help.getConfig",
          "help.getNearestDc",
          "help.getAppConfig",
          "auth.exportLoginToken",
          "auth.importLoginToken",
          "auth.importAuthorization",
          "auth.sendCode",
          "auth.resendCode",
          "auth.cancelCode",
          "auth.signIn",
          "auth.logOut",
          "account.getPassword",
          "auth.checkPassword",
          "auth.bindTempAuthKey",
          "auth.dropTempAuthKeys");

  private static final String LOG_OUT = "auth.logOut";

  private final ClientSessions sessions;
  private final Authorizations authorizations;

  RequestGuard(ClientSessions sessions, Authorizations authorizations) {
    this.sessions = sessions;
    this.authorizations = authorizations;
  }

  void check(Asker asker, String method) throws RpcException {
    var revoked = asker.key().revoked();
    if (revoked.filter(RevocationKind.AUTH_KEY_DUPLICATED::equals).isPresent()) {
      throw refusal(RevocationKind.AUTH_KEY_DUPLICATED);
    }
    var current = authorizations.sessionOf(asker.key());
    if (current.isEmpty()) {
      if (!FOR_EVERYBODY.contains(method)) {
        throw refusal(revoked.orElse(RevocationKind.AUTH_KEY_UNREGISTERED));
      }
      return;
    }
    var standing = authorizations.personOf(asker.key()).map(Person::standing).orElse(Standing.GOOD);
    switch (standing) {
      case GOOD -> authorizations.touch(current.get());
      case DELETED -> throw ended(current.get(), RevocationKind.USER_DEACTIVATED);
      case BANNED -> throw ended(current.get(), RevocationKind.USER_DEACTIVATED_BAN);
    }
    if (!method.equals(LOG_OUT)) {
      asker.session().works();
      if (worksElsewhere(asker)) {
        throw ended(current.get(), RevocationKind.AUTH_KEY_DUPLICATED);
      }
    }
  }

  private boolean worksElsewhere(Asker asker) {
    var here = asker.session().workplace();
    return sessions.of(asker.key().id()).stream()
        .map(ClientSession::workplace)
        .anyMatch(place -> place.isPresent() && here.isPresent() && !place.equals(here));
  }

  private RpcException ended(PersonSession session, RevocationKind kind) {
    authorizations.revoke(session.id(), kind);
    return refusal(kind);
  }

  private static RpcException refusal(RevocationKind kind) {
    return new RpcException(kind.code(), kind.name());
  }
}
