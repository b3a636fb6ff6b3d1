package propusk.sandbox.dc.handler;

import propusk.sandbox.dc.AcceptOutcome;
import propusk.sandbox.dc.handshake.AuthKeys;
import propusk.sandbox.dc.login.Authorizations;
import propusk.sandbox.dc.login.LoginToken;
import propusk.sandbox.dc.login.LoginTokens;
import propusk.sandbox.dc.message.ClientSessions;
import propusk.sandbox.dc.schema.Schema;
import propusk.sandbox.dc.schema.TlCodec;
import propusk.sandbox.dc.schema.TlObject;
import propusk.sandbox.world.Person;
import propusk.sandbox.world.World;

/// The other side of a login by QR code: a person's phone, which scans and accepts.
public final class Phone {
  private static final Schema SCHEMA = Schema.telegram();

  private final World world;
  private final AuthKeys keys;
  private final LoginTokens tokens;
  private final Authorizations authorizations;
  private final ClientSessions sessions;

  public Phone(
      World world,
      AuthKeys keys,
      LoginTokens tokens,
      Authorizations authorizations,
      ClientSessions sessions) {
    this.world = world;
    this.keys = keys;
    this.tokens = tokens;
    this.authorizations = authorizations;
    this.sessions = sessions;
  }

  /// Accepts a login link for a person, and tells the client that waits for it. Where the person
  /// lives in another data centre, the session begins once the client came there.
  ///
  /// @throws IllegalArgumentException if there is no such person
  public AcceptOutcome scan(long personId, String link) {
    var person = world.people().find(personId);
    if (person.isEmpty()) {
      throw new IllegalArgumentException("no person " + personId);
    }
    var token = tokens.find(link);
    return token.map(found -> accept(person.get(), found)).orElse(new AcceptOutcome.Invalid());
  }

  /// Tells clients whose codes ran out at once, as they do when the clock is shifted, to ask for
  /// new ones.
  public void refreshExpired() {
    tokens.holdersWithoutLiveToken().forEach(this::tell);
  }

  private AcceptOutcome accept(Person person, LoginToken token) {
    var key = keys.find(token.holder());
    long session = authorizations.newId();
    if (key.isEmpty() || !tokens.spend(token, session, person)) {
      boolean spent = tokens.find(token.name()).flatMap(LoginToken::session).isPresent();
      return spent ? new AcceptOutcome.AlreadyAccepted() : new AcceptOutcome.Expired();
    }
    if (person.isAtHome(key.get().dc())) {
      authorizations.begin(session, key.get(), person);
    }
    tokens.expireAll(token.holder());
    tell(token.holder());
    return new AcceptOutcome.Accepted(session);
  }

  /// Sends the update on which a client asks for its token's fate.
  ///
  /// See <https://core.telegram.org/constructor/updateLoginToken>.
  private void tell(long holder) {
    int layer = keys.find(holder).map(key -> key.client().layer()).orElse(0);
    var update =
        TlObject.of(
            "updateShort",
            "update",
            TlObject.of("updateLoginToken"),
            "date",
            (int) world.clock().instant().getEpochSecond());
    sessions.push(holder, new TlCodec(SCHEMA, layer).write(update));
  }
}
