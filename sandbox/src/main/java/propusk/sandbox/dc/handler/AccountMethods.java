package propusk.sandbox.dc.handler;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import propusk.sandbox.dc.PersonSession;
import propusk.sandbox.dc.RevocationKind;
import propusk.sandbox.dc.handler.Method.Asker;
import propusk.sandbox.dc.login.Authorizations;
import propusk.sandbox.dc.schema.TlObject;
import propusk.sandbox.world.Person;
import propusk.sandbox.world.World;

/// What somebody who is logged in asks about themselves: who they are, their sessions, their
/// updates.
final class AccountMethods {
  private static final Duration FRESH = Duration.ofHours(24);
  private static final int INACTIVE_DAYS = 180;

  private final World world;
  private final Authorizations authorizations;

  AccountMethods(World world, Authorizations authorizations) {
    this.world = world;
    this.authorizations = authorizations;
  }

  Map<String, Method> table() {
    return Map.of(
        "users.getUsers", this::users,
        "account.getAuthorizations", (asker, _) -> sessions(asker),
        "account.resetAuthorization", this::endOther,
        "auth.resetAuthorizations", (asker, _) -> endOthers(asker),
        "updates.getState", (_, _) -> state(),
        "updates.getDifference", (_, _) -> noDifference(),
        "messages.getDialogFilters", (_, _) -> onlyTheDefaultFilter(),
        "messages.getDialogUnreadMarks", (_, _) -> List.of(),
        "messages.getAttachMenuBots",
            (_, _) ->
                TlObject.of("attachMenuBots", "hash", 0L, "bots", List.of(), "users", List.of()));
  }

  /// Nobody is known to a person but the person.
  private List<TlObject> users(Asker asker, TlObject call) throws RpcException {
    var self = self(asker);
    return call.list("id").stream()
        .map(TlObject.class::cast)
        .filter(asked -> isSelf(asked, self))
        .map(_ -> PersonView.self(self))
        .toList();
  }

  private static boolean isSelf(TlObject asked, Person self) {
    return asked.name().equals("inputUserSelf")
        || (asked.has("user_id") && asked.big("user_id") == self.id());
  }

  private TlObject sessions(Asker asker) throws RpcException {
    var current = session(asker);
    var lines =
        authorizations.of(current.personId()).stream()
            .map(s -> PersonView.line(s, asker.key().client().apiId(), s.equals(current)))
            .toList();
    return TlObject.of(
        "account.authorizations", "authorization_ttl_days", INACTIVE_DAYS, "authorizations", lines);
  }

  private boolean endOther(Asker asker, TlObject call) throws RpcException {
    var current = seasoned(asker);
    var other =
        authorizations.of(current.personId()).stream()
            .filter(session -> session.id() == call.big("hash"))
            .findFirst()
            .orElseThrow(() -> new RpcException(400, "HASH_INVALID"));
    return authorizations.revoke(other.id(), RevocationKind.SESSION_REVOKED);
  }

  private boolean endOthers(Asker asker) throws RpcException {
    var current = seasoned(asker);
    for (var session : authorizations.of(current.personId())) {
      if (session.id() != current.id()) {
        authorizations.revoke(session.id(), RevocationKind.SESSION_REVOKED);
      }
    }
    return true;
  }

  /// A session may end others once it is a day old.
  private PersonSession seasoned(Asker asker) throws RpcException {
    var session = session(asker);
    if (session.createdAt().plus(FRESH).isAfter(world.clock().instant())) {
      throw new RpcException(406, "FRESH_RESET_AUTHORISATION_FORBIDDEN");
    }
    return session;
  }

  private static TlObject onlyTheDefaultFilter() {
    var filters = List.of(TlObject.of("dialogFilterDefault"));
    return TlObject.of("messages.dialogFilters", "filters", filters);
  }

  private TlObject state() {
    return TlObject.of(
        "updates.state", "pts", 1, "qts", 0, "date", now(), "seq", 0, "unread_count", 0);
  }

  private TlObject noDifference() {
    return TlObject.of("updates.differenceEmpty", "date", now(), "seq", 0);
  }

  private Person self(Asker asker) throws RpcException {
    return authorizations
        .personOf(asker.key())
        .orElseThrow(() -> new RpcException(401, "AUTH_KEY_UNREGISTERED"));
  }

  private PersonSession session(Asker asker) throws RpcException {
    return authorizations
        .sessionOf(asker.key())
        .orElseThrow(() -> new RpcException(401, "AUTH_KEY_UNREGISTERED"));
  }

  private int now() {
    return (int) world.clock().instant().getEpochSecond();
  }
}
