package propusk.domain.login;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import propusk.domain.account.Account;
import propusk.domain.account.AccountPhones;
import propusk.domain.account.Accounts;
import propusk.domain.account.PhoneNumber;
import propusk.domain.account.TelegramProfile;
import propusk.domain.account.TelegramUserId;
import propusk.domain.invite.Invites;
import propusk.domain.login.LoginEvent.Authorized;
import propusk.domain.login.LoginEvent.Linked;
import propusk.domain.login.LoginEvent.Refused;
import propusk.domain.login.LoginEvent.Stored;
import propusk.domain.login.LoginState.AwaitingCode;
import propusk.domain.login.LoginState.AwaitingPassword;
import propusk.domain.login.LoginState.AwaitingScan;
import propusk.domain.login.LoginState.Ended;
import propusk.domain.login.LoginState.Finalizing;
import propusk.domain.login.LoginState.Preparing;
import propusk.domain.login.LoginState.Requested;
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
  private static final int TOLD = 500;

  private final LoginStore store = new LoginStore();
  private final LoginPlaces places = new LoginPlaces();
  private final LoginSecrets secrets;
  private final LoginDoor door;
  private final Accounts accounts;
  private final Invites invites;
  private final Subscriptions subscriptions;
  private final TelegramSessions sessions;
  private final Outbox outbox;
  private final InstantSource clock;
  private final AccountPhones phones;

  /// @param parts the same as for [Logins]
  public LoginRuns(Logins.Parts parts, Accounts accounts, TelegramSessions sessions) {
    secrets = new LoginSecrets(parts.sealer(), parts.clock());
    door = new LoginDoor(store, secrets, parts.invites(), parts.outbox(), parts.clock());
    invites = parts.invites();
    subscriptions = parts.subscriptions();
    outbox = parts.outbox();
    clock = parts.clock();
    phones = new AccountPhones(parts.sealer());
    this.accounts = accounts;
    this.sessions = sessions;
  }

  /// Takes up to `max` logins: opened ones that wait, those of workers that are gone, and ended
  /// ones whose scratch is left on this host.
  public List<Claim> claim(Handle handle, WorkerId worker, String host, int max) {
    return places.claim(handle, worker, host, clock.instant(), max);
  }

  /// Every place is taken: the pages of those who wait say anew how long.
  public void tellQueue(Handle handle) {
    places.tellQueue(handle, clock.instant(), TOLD);
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
            login
                .chat()
                .ifPresent(chat ->
                    outbox.loginEnded(handle, chat.botId(), scanner.value(), login.id().value()));
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

  /// The number of a phone login, again for a run that starts over; empty once it has ended.
  public Optional<PhoneNumber> phone(Handle handle, Claim claim) {
    return store
        .lock(handle, claim)
        .flatMap(login -> secrets.find(handle, login.id(), LoginSecrets.Kind.PHONE))
        .map(secret -> new PhoneNumber(secret.value()));
  }

  /// The password that was handed in, once.
  public Optional<Secret> takePassword(Handle handle, Claim claim) {
    return take(handle, claim, LoginSecrets.Kind.PASSWORD);
  }

  /// The code that was handed in, once.
  public Optional<Secret> takeCode(Handle handle, Claim claim) {
    return take(handle, claim, LoginSecrets.Kind.CODE);
  }

  private Optional<Secret> take(Handle handle, Claim claim, LoginSecrets.Kind kind) {
    return store
        .lock(handle, claim)
        .filter(Login::live)
        .flatMap(login -> secrets.take(handle, login.id(), kind));
  }

  /// An earlier run may have died with a password or a code in its hands: the page that waits for
  /// its answer asks again, and no try is counted. Nothing happens where one is still to be taken.
  public Optional<Login> askAgain(Handle handle, Claim claim) {
    return store
        .lock(handle, claim)
        .map(login ->
            switch (login.state()) {
              case AwaitingPassword _ -> askAgain(handle, login, LoginSecrets.Kind.PASSWORD);
              case AwaitingCode _ -> askAgain(handle, login, LoginSecrets.Kind.CODE);
              case Requested _, Preparing _, AwaitingScan _, Finalizing _, Ended _ -> login;
            });
  }

  private Login askAgain(Handle handle, Login login, LoginSecrets.Kind kind) {
    return secrets.find(handle, login.id(), kind).isPresent() ? login : door.repeat(handle, login);
  }

  /// Telegram has let somebody in by a number and its code: the login becomes theirs and is
  /// Finalizing. Where that number is another account's the login fails and nobody is made known:
  /// the caller logs out.
  public Optional<Login> authorizedByPhone(Handle handle, Claim claim, TelegramProfile profile) {
    // The account's row before the login's: commands in the chat lock them in this order too.
    var holder =
        claim.login().purpose() instanceof Purpose.PhoneLogin(var hash)
            ? phones.holder(handle, hash)
            : Optional.<TelegramUserId>empty();
    if (holder.filter(id -> !id.equals(profile.id())).isPresent()) {
      return apply(handle, claim, new Refused(Failure.WRONG_ACCOUNT));
    }
    var account = accounts.seen(handle, profile, claim.login().language());
    return store
        .lock(handle, claim)
        .flatMap(login -> {
          if (login.live()) {
            store.saveAccount(handle, login.id(), account.id());
          }
          return apply(handle, claim, new Authorized());
        });
  }

  /// The finalizing transaction: session stored, invite redeemed, subscription active, number kept,
  /// chat told, Completed. Where the invite was withdrawn meanwhile the login fails and nothing is
  /// stored: the caller logs out. A login that is not Finalizing stays as it is.
  public Optional<Login> complete(
      Handle handle,
      Claim claim,
      TelegramSessionId id,
      SealedSession sealed,
      TelegramProfile profile,
      Optional<PhoneNumber> phone) {
    // The account's row before the login's: commands in the chat lock them in this order too.
    var account = accounts.seen(handle, profile);
    return store
        .lock(handle, claim)
        .map(login ->
            login.state() instanceof Finalizing
                ? complete(handle, login, id, sealed, account, phone)
                : login);
  }

  private Login complete(
      Handle handle,
      Login login,
      TelegramSessionId id,
      SealedSession sealed,
      Account account,
      Optional<PhoneNumber> phone) {
    if (login.account().filter(owner -> owner.id().equals(account.id())).isEmpty()) {
      throw new IllegalStateException("only its own account may complete a login");
    }
    if (login.purpose() instanceof Purpose.FirstLogin(var invite)) {
      if (!invites.redeem(handle, invite, account.id())) {
        return door.apply(handle, login, new Refused(Failure.INVITE_LOST));
      }
      Plan plan = login.plan().orElseThrow();
      subscriptions.activate(handle, account.id(), plan, clock.instant());
    }
    sessions.store(handle, id, account.id(), account.telegramId(), sealed);
    phone.ifPresent(number -> phones.remember(handle, account.id(), number));
    return door.apply(handle, login, new Stored());
  }
}
