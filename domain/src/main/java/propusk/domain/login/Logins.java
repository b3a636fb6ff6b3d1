package propusk.domain.login;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import propusk.domain.account.AccountId;
import propusk.domain.account.PhoneHashes;
import propusk.domain.account.PhoneNumber;
import propusk.domain.account.TelegramUserId;
import propusk.domain.invite.InviteId;
import propusk.domain.invite.Invites;
import propusk.domain.invite.Reservation;
import propusk.domain.login.LoginEvent.DeadlinePassed;
import propusk.domain.login.LoginEvent.Opened;
import propusk.domain.login.LoginEvent.Refused;
import propusk.domain.login.LoginEvent.Stopped;
import propusk.domain.login.LoginState.AwaitingCode;
import propusk.domain.login.LoginState.AwaitingPassword;
import propusk.domain.login.LoginState.AwaitingScan;
import propusk.domain.login.LoginState.CancelledBy;
import propusk.domain.login.LoginState.Ended;
import propusk.domain.login.LoginState.Finalizing;
import propusk.domain.login.LoginState.Preparing;
import propusk.domain.login.LoginState.Requested;
import propusk.domain.notify.Channel;
import propusk.domain.notify.Notifications;
import propusk.domain.outbox.Outbox;
import propusk.domain.plan.Plan;
import propusk.domain.seal.Hashes;
import propusk.domain.seal.Sealer;
import propusk.domain.seal.Secret;
import propusk.domain.seal.Tokens;
import propusk.domain.subscription.Subscription;
import propusk.domain.subscription.Subscriptions;

/// The person's side of a login: ask for it in the chat, open its page, watch it, stop it.
/// Stateless; every call runs in the caller's transaction.
public final class Logins {
  /// How long a page lives from `/login` on.
  public static final Duration PAGE_LIFE = Duration.ofMinutes(5);

  /// How long a bearer counts.
  public static final Duration BEARER_LIFE = Duration.ofMinutes(15);

  /// A login that found no place after this time ends.
  public static final Duration PLACE_LIFE = Duration.ofMinutes(10);

  private static final Duration HOST_LOST_AFTER = Duration.ofSeconds(60);
  private static final int SWEEP = 100;

  private final LoginStore store = new LoginStore();
  private final LoginPages pages = new LoginPages();
  private final LoginPlaces places = new LoginPlaces();
  private final LoginSecrets secrets;
  private final LoginDoor door;
  private final Invites invites;
  private final Subscriptions subscriptions;
  private final InstantSource clock;
  private final Tokens tokens;
  private final Duration pageLife;
  private final PhoneHashes phoneHashes;

  /// What logins stand on.
  ///
  /// @param sealer the one of SECRET_KEY
  /// @param pageLife usually [#PAGE_LIFE]
  public record Parts(
      Invites invites,
      Subscriptions subscriptions,
      Outbox outbox,
      Sealer sealer,
      InstantSource clock,
      Tokens tokens,
      Duration pageLife) {}

  public Logins(Parts parts) {
    secrets = new LoginSecrets(parts.sealer(), parts.clock());
    door = new LoginDoor(store, secrets, parts.invites(), parts.outbox(), parts.clock());
    invites = parts.invites();
    subscriptions = parts.subscriptions();
    clock = parts.clock();
    tokens = parts.tokens();
    pageLife = parts.pageLife();
    phoneHashes = new PhoneHashes(parts.sealer());
  }

  /// `/login [INVITE]`: holds a use of the invite and makes a page for it. A live login of the same
  /// person ends.
  public RequestOutcome request(Handle handle, LoginRequest request) {
    var account = request.account().id();
    lock(handle, account);
    var earlier = store.lockLive(handle, account);
    if (earlier.filter(login -> login.state() instanceof Finalizing).isPresent()) {
      return new RequestOutcome.JustFinishing();
    }
    var subscription = subscriptions.find(handle, account);
    return request.invite().isPresent()
        ? firstLogin(handle, request, earlier, subscription)
        : reLogin(handle, request, earlier, subscription);
  }

  private RequestOutcome firstLogin(
      Handle handle,
      LoginRequest request,
      Optional<Login> earlier,
      Optional<Subscription> subscription) {
    var code = request.invite().orElseThrow();
    // The earlier login may hold the invite's last use: it is given back before the code is judged.
    var sameInvite =
        earlier.filter(login ->
            invites.find(handle, code).filter(invite -> holds(login, invite.id())).isPresent());
    sameInvite.ifPresent(login -> supersede(handle, login));
    var reservation = invites.reserve(handle, code, request.account().id());
    if (!(reservation instanceof Reservation.Reserved(var invite, var plan))) {
      return refusal(reservation);
    }
    var current = subscription.filter(held -> held.active(clock.instant())).map(Subscription::plan);
    if (current.isPresent() && !request.replacePlan()) {
      invites.release(handle, invite);
      return new RequestOutcome.ConfirmPlan(current.get(), plan);
    }
    if (sameInvite.isEmpty()) {
      earlier.ifPresent(login -> supersede(handle, login));
    }
    var login = insert(handle, request, new Purpose.FirstLogin(invite), Optional.of(plan));
    return new RequestOutcome.Granted(login, earlier.isPresent());
  }

  private RequestOutcome reLogin(
      Handle handle,
      LoginRequest request,
      Optional<Login> earlier,
      Optional<Subscription> subscription) {
    if (subscription.isEmpty()) {
      return new RequestOutcome.NeedsInvite();
    }
    earlier.ifPresent(login -> supersede(handle, login));
    var login =
        insert(handle, request, new Purpose.ReLogin(), subscription.map(Subscription::plan));
    return new RequestOutcome.Granted(login, earlier.isPresent());
  }

  /// A number was given on the website, and its limits allow it: the login waits for a worker at
  /// once. It belongs to the browser that asked.
  public Login requestByPhone(Handle handle, PhoneLoginRequest request) {
    var now = clock.instant();
    var login =
        new Login(
            LoginId.random(tokens),
            Optional.empty(),
            new Purpose.PhoneLogin(phoneHashes.of(request.number())),
            Optional.empty(),
            new Preparing(),
            1,
            now,
            now.plus(pageLife),
            Optional.of(now),
            Optional.empty(),
            request.language());
    store.insert(handle, login);
    secrets.put(handle, login.id(), LoginSecrets.Kind.PHONE, new Secret(request.number().e164()));
    Notifications.hint(handle, Channel.LOGIN, login.id().value());
    return login;
  }

  /// The number that this browser gave; forgotten when its login ends.
  public Optional<PhoneNumber> phone(Handle handle, LoginBrowser browser) {
    return secrets
        .find(handle, browser.login(), LoginSecrets.Kind.PHONE)
        .map(secret -> new PhoneNumber(secret.value()));
  }

  /// The two-step password, from a page that the login's owner opened.
  public Submitted submitPassword(Handle handle, LoginId id, Secret password) {
    return submit(handle, id, LoginSecrets.Kind.PASSWORD, password);
  }

  /// The code that Telegram sent, from the browser that asked for it.
  public Submitted submitCode(Handle handle, LoginId id, Secret code) {
    return submit(handle, id, LoginSecrets.Kind.CODE, code);
  }

  private Submitted submit(Handle handle, LoginId id, LoginSecrets.Kind kind, Secret secret) {
    var asked =
        store
            .lock(handle, id)
            .filter(login ->
                switch (login.state()) {
                  case AwaitingPassword _ -> kind == LoginSecrets.Kind.PASSWORD;
                  case AwaitingCode _ -> kind == LoginSecrets.Kind.CODE;
                  case Requested _, Preparing _, AwaitingScan _, Finalizing _, Ended _ -> false;
                })
            .filter(login -> login.deadline().isAfter(clock.instant()));
    if (asked.isEmpty()) {
      return Submitted.NOT_ASKED;
    }
    secrets.put(handle, id, kind, secret);
    Notifications.hint(handle, Channel.LOGIN, id.value());
    return Submitted.ACCEPTED;
  }

  /// The page was opened by `opener`, proven by init data whose SHA-256 is `initDataHash`.
  ///
  /// @param tab the tab's own secret: the same init data with another one is a replay
  public OpenOutcome open(
      Handle handle, LoginId id, TelegramUserId opener, byte[] initDataHash, Secret tab) {
    var locked = store.lock(handle, id);
    if (locked.isEmpty()) {
      return new OpenOutcome.Unknown();
    }
    if (!isOwner(locked.get(), opener)) {
      return new OpenOutcome.NotYours();
    }
    var tabHash = Hashes.sha256(tab.value());
    if (pages.replayed(handle, id, initDataHash, tabHash)) {
      return new OpenOutcome.Replayed();
    }
    var bearer = tokens.secret();
    pages.insertPage(
        handle,
        id,
        Hashes.sha256(bearer.value()),
        tabHash,
        initDataHash,
        clock.instant(),
        BEARER_LIFE);
    return new OpenOutcome.Opened(
        bearer, snapshot(handle, door.apply(handle, locked.get(), new Opened())));
  }

  /// What anybody may know of a login.
  public Optional<LoginState> status(Handle handle, LoginId id) {
    return store.find(handle, id).map(Login::state);
  }

  /// The login as its row says, for those who need no bearer: our own bots and workers.
  public Optional<Login> find(Handle handle, LoginId id) {
    return store.find(handle, id);
  }

  /// Whether the person of this login has asked for another one since.
  public boolean askedAgain(Handle handle, Login login) {
    return store.newer(handle, login);
  }

  /// What the owner may see; empty when this bearer does not belong to this login, or not any more.
  public Optional<LoginSnapshot> view(Handle handle, LoginId id, Secret bearer) {
    return pages
        .find(handle, id, Hashes.sha256(bearer.value()), clock.instant())
        .map(login -> snapshot(handle, login));
  }

  /// What a browser bound to a login may see of it: the code only where it is shown to be scanned.
  public Optional<LoginSnapshot> view(Handle handle, LoginBrowser browser) {
    return store
        .find(handle, browser.login())
        .map(login ->
            browser.kind() == LoginBrowser.Kind.SECOND_SCREEN
                ? snapshot(handle, login)
                : new LoginSnapshot(login, Optional.empty(), queue(handle, login)));
  }

  /// The person at a browser bound to a login stops it.
  public Optional<LoginSnapshot> cancel(Handle handle, LoginBrowser browser) {
    var locked = store.lock(handle, browser.login());
    locked.ifPresent(login -> door.apply(handle, login, new Stopped(CancelledBy.PERSON)));
    return view(handle, browser);
  }

  /// Its owner stops it. Empty as for [#view]; a login that is over stays as it ended.
  public Optional<LoginSnapshot> cancel(Handle handle, LoginId id, Secret bearer) {
    var locked = store.lock(handle, id);
    return locked.isEmpty() || view(handle, id, bearer).isEmpty()
        ? Optional.empty()
        : Optional.of(
            snapshot(handle, door.apply(handle, locked.get(), new Stopped(CancelledBy.PERSON))));
  }

  /// The person stops whatever login they have, in the chat. False: there was none to stop.
  public boolean cancelLive(Handle handle, AccountId account) {
    return store
        .lockLive(handle, account)
        .map(login -> !door.apply(handle, login, new Stopped(CancelledBy.PERSON)).live())
        .orElse(false);
  }

  /// Ends the logins whose time is over, those that found no place, and those whose host is gone.
  /// Run every second or so by any process.
  ///
  /// @return how many ended
  public int endOverdue(Handle handle) {
    var overdue = store.lockOverdue(handle, clock.instant(), SWEEP);
    overdue.forEach(login -> door.apply(handle, login, new DeadlinePassed()));
    var unplaced = store.lockUnplaced(handle, clock.instant().minus(PLACE_LIFE), SWEEP);
    unplaced.forEach(login -> door.apply(handle, login, new Refused(Failure.BUSY)));
    var lost = store.lockHostLost(handle, clock.instant().minus(HOST_LOST_AFTER), SWEEP);
    lost.forEach(login -> door.apply(handle, login, new Refused(Failure.HOST_LOST)));
    return overdue.size() + unplaced.size() + lost.size();
  }

  private Login insert(Handle handle, LoginRequest request, Purpose purpose, Optional<Plan> plan) {
    var now = clock.instant();
    var login =
        new Login(
            LoginId.random(tokens),
            Optional.of(request.account()),
            purpose,
            plan,
            new Requested(),
            1,
            now,
            now.plus(pageLife),
            Optional.empty(),
            Optional.of(new LoginChat(request.botId(), request.chatId())),
            request.account().language());
    store.insert(handle, login);
    return login;
  }

  private LoginSnapshot snapshot(Handle handle, Login login) {
    return new LoginSnapshot(
        login,
        login.state() instanceof AwaitingScan
            ? secrets.find(handle, login.id(), LoginSecrets.Kind.LINK)
            : Optional.empty(),
        queue(handle, login));
  }

  private Optional<LoginSnapshot.Queue> queue(Handle handle, Login login) {
    return login.live()
        ? login
            .waitingSince()
            .flatMap(since -> places.queue(handle, login.id(), since, clock.instant()))
        : Optional.empty();
  }

  private static boolean isOwner(Login login, TelegramUserId id) {
    return login.account().filter(owner -> owner.telegramId().equals(id)).isPresent();
  }

  private void supersede(Handle handle, Login earlier) {
    door.apply(handle, earlier, new Stopped(CancelledBy.NEWER_LOGIN));
  }

  private static boolean holds(Login login, InviteId invite) {
    return login.purpose() instanceof Purpose.FirstLogin(var held) && held.equals(invite);
  }

  /// Two `/login` of one person run one after the other.
  private static void lock(Handle handle, AccountId account) {
    handle
        .createQuery("SELECT id FROM account WHERE id = :id FOR NO KEY UPDATE")
        .bind("id", account.value())
        .mapTo(Long.class)
        .one();
  }

  private static RequestOutcome refusal(Reservation reservation) {
    return switch (reservation) {
      case Reservation.Unknown _ -> new RequestOutcome.UnknownInvite();
      case Reservation.Expired(var at) -> new RequestOutcome.ExpiredInvite(at);
      case Reservation.Withdrawn _ -> new RequestOutcome.WithdrawnInvite();
      case Reservation.UsedUp _ -> new RequestOutcome.UsedUpInvite();
      case Reservation.AlreadyRedeemed _ -> new RequestOutcome.AlreadyRedeemed();
      case Reservation.Reserved _ -> throw new AssertionError("a reservation is no refusal");
    };
  }
}
