package propusk.domain.login;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import propusk.domain.account.Accounts;
import propusk.domain.account.TelegramProfile;
import propusk.domain.account.TelegramUserId;
import propusk.domain.invite.Invites;
import propusk.domain.login.LoginEvent.Linked;
import propusk.domain.login.LoginEvent.Refused;
import propusk.domain.login.LoginEvent.Stored;
import propusk.domain.login.LoginState.AwaitingScan;
import propusk.domain.login.LoginState.Finalizing;
import propusk.domain.outbox.Outbox;
import propusk.domain.plan.Plan;
import propusk.domain.seal.Secret;
import propusk.domain.session.SealedSession;
import propusk.domain.session.TelegramSessionId;
import propusk.domain.session.TelegramSessions;
import propusk.domain.subscription.Subscriptions;
import propusk.domain.worker.WorkerId;

/// The worker's side of a login. Whoever's claim was lost gets an empty answer and has changed
/// nothing. Stateless; every call runs in the caller's transaction.
public final class LoginRuns {
  private final LoginStore store = new LoginStore();
  private final LoginSecrets secrets;
  private final LoginDoor door;
  private final Accounts accounts;
  private final Invites invites;
  private final Subscriptions subscriptions;
  private final TelegramSessions sessions;
  private final Outbox outbox;
  private final InstantSource clock;

  /// @param parts the same as for [Logins]
  public LoginRuns(Logins.Parts parts, Accounts accounts, TelegramSessions sessions) {
    secrets = new LoginSecrets(parts.sealer(), parts.clock());
    door = new LoginDoor(store, secrets, parts.invites(), parts.outbox(), parts.clock());
    invites = parts.invites();
    subscriptions = parts.subscriptions();
    outbox = parts.outbox();
    clock = parts.clock();
    this.accounts = accounts;
    this.sessions = sessions;
  }

  /// Takes up to `max` logins: opened ones that wait, those of workers that are gone, and ended
  /// ones whose scratch is left on this host.
  public List<Claim> claim(Handle handle, WorkerId worker, String host, int max) {
    return store.claim(handle, worker, host, clock.instant(), max);
  }

  /// Says where the client will keep its files. Committed before the client starts. False: the
  /// claim was lost.
  public boolean startScratch(Handle handle, Claim claim, Scratch scratch) {
    return store.saveScratch(handle, claim, Optional.of(scratch));
  }

  /// The client is closed and its files are gone. False: the claim was lost.
  public boolean scratchGone(Handle handle, Claim claim) {
    return store.saveScratch(handle, claim, Optional.empty());
  }

  /// The paths that rows name on this host: whatever else lies there belongs to no login.
  public List<String> scratchPaths(Handle handle, String host) {
    return store.scratchPaths(handle, host);
  }

  /// The login as it is now; empty when the claim was lost.
  public Optional<Login> look(Handle handle, Claim claim) {
    return store.lock(handle, claim);
  }

  public Optional<Login> apply(Handle handle, Claim claim, LoginEvent event) {
    return store.lock(handle, claim).map(login -> door.apply(handle, login, event));
  }

  /// Another account than the opener's took the code: the login fails. Who scanned is told too,
  /// where they know our bot; neither side learns who the other is.
  public Optional<Login> refuseScan(Handle handle, Claim claim, TelegramUserId scanner) {
    return store
        .lock(handle, claim)
        .map(locked -> {
          var login = door.apply(handle, locked, new Refused(Failure.WRONG_ACCOUNT));
          if (locked.live() && accounts.find(handle, scanner).isPresent()) {
            // A private chat has its person's id.
            outbox.loginEnded(handle, login.botId(), scanner.value(), login.id().value());
          }
          return login;
        });
  }

  /// Telegram gave a link: it replaces the one before.
  public Optional<Login> linked(Handle handle, Claim claim, Secret link, Instant expiresAt) {
    return apply(handle, claim, new Linked(expiresAt))
        .map(login -> {
          if (login.state() instanceof AwaitingScan) {
            secrets.put(handle, login.id(), LoginSecrets.Kind.LINK, link);
          }
          return login;
        });
  }

  /// The finalizing transaction: session stored, invite redeemed, subscription active, chat told,
  /// Completed. Where the invite was withdrawn meanwhile the login fails and nothing is stored: the
  /// caller logs out. A login that is not Finalizing stays as it is.
  public Optional<Login> complete(
      Handle handle,
      Claim claim,
      TelegramSessionId id,
      SealedSession sealed,
      TelegramProfile profile) {
    // The account's row before the login's: commands in the chat lock them in this order too.
    accounts.seen(handle, profile);
    return store
        .lock(handle, claim)
        .map(login ->
            login.state() instanceof Finalizing
                ? complete(handle, login, id, sealed, profile)
                : login);
  }

  private Login complete(
      Handle handle,
      Login login,
      TelegramSessionId id,
      SealedSession sealed,
      TelegramProfile profile) {
    if (!profile.id().equals(login.account().telegramId())) {
      throw new IllegalStateException(
          "only the account that opened the page may complete its login");
    }
    if (login.purpose() instanceof Purpose.FirstLogin(var invite)) {
      if (!invites.redeem(handle, invite, login.account().id())) {
        return door.apply(handle, login, new Refused(Failure.INVITE_LOST));
      }
      Plan plan = login.plan().orElseThrow();
      subscriptions.activate(handle, login.account().id(), plan, clock.instant());
    }
    sessions.store(handle, id, login.account().id(), profile.id(), sealed);
    return door.apply(handle, login, new Stored());
  }
}
