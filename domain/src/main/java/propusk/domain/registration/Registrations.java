package propusk.domain.registration;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.domain.account.Account;
import propusk.domain.account.AccountId;
import propusk.domain.account.Accounts;
import propusk.domain.account.PhoneNumber;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.limit.Limit;
import propusk.domain.limit.Limits;
import propusk.domain.notify.Channel;
import propusk.domain.notify.Notifications;
import propusk.domain.organization.OrganizationId;
import propusk.domain.outbox.Chat;
import propusk.domain.outbox.Notices;
import propusk.domain.registration.RegistrationState.CodeSent;
import propusk.domain.seal.Hashes;
import propusk.domain.seal.Sealer;
import propusk.domain.seal.Secret;
import propusk.domain.seal.Tokens;
import propusk.domain.websession.LoginVia;
import propusk.domain.websession.WebSessions;

/// Registrations, from the name to the code. Identity is the Telegram id of the person whose own
/// contact came; the code ties that chat to the browser that began. Stateless; every call runs in
/// the caller's transaction.
public final class Registrations {
  public static final Duration LIFE = Duration.ofMinutes(10);
  public static final Duration SEND_AGAIN = Duration.ofSeconds(60);

  /// Wrong tries of one code.
  public static final int TRIES = 5;

  /// Codes of one registration.
  static final int CODES = 3;

  private static final Logger LOG = LoggerFactory.getLogger(Registrations.class);
  private static final int BATCH = 100;

  private final Accounts accounts;
  private final WebSessions webSessions;
  private final Limits limits;
  private final InstantSource clock;
  private final Tokens tokens;
  private final Notices notices;
  private final Customers customers;
  private final RegistrationStore store;
  private final VerificationCodes codes;

  /// @param sealer the one of SECRET_KEY
  public Registrations(
      Accounts accounts,
      WebSessions webSessions,
      Limits limits,
      Sealer sealer,
      InstantSource clock,
      Tokens tokens) {
    this.accounts = accounts;
    this.webSessions = webSessions;
    this.limits = limits;
    this.clock = clock;
    this.tokens = tokens;
    notices = new Notices(clock);
    customers = new Customers(sealer, clock, tokens);
    store = new RegistrationStore(customers);
    codes = new VerificationCodes(sealer, tokens);
  }

  /// A browser begins.
  ///
  /// @param address what its limit counts by
  public BeginOutcome begin(Handle handle, CustomerName name, BrowserInfo from, String address) {
    var closed = taken(handle, Limit.REGISTER_PER_ADDRESS, address, Limit.REGISTER_GLOBAL);
    if (closed.isPresent()) {
      return new BeginOutcome.Closed(closed.get());
    }
    var id = new RegistrationId(tokens.id());
    var cookie = tokens.secret();
    var now = clock.instant();
    store.insert(handle, id, hash(cookie), name.value(), from, now, now.plus(LIFE));
    LOG.info("event=registration_begun id={}", id.value());
    return new BeginOutcome.Begun(store.find(handle, hash(cookie)).orElseThrow(), cookie);
  }

  /// What this browser has begun.
  public Optional<Registration> find(Handle handle, Secret cookie) {
    return store.find(handle, hash(cookie));
  }

  /// A person opened the link in the chat with a bot.
  public OpenOutcome open(Handle handle, RegistrationId id, AccountId account, Chat chat) {
    var found = store.lock(handle, id).filter(this::live);
    if (found.isEmpty()) {
      return new OpenOutcome.Gone();
    }
    var registration = found.get();
    return switch (registration.state()) {
      case RegistrationState.Pending _ -> {
        apply(handle, registration, new RegistrationEvent.Opened(account));
        store.setChat(handle, id, chat);
        yield new OpenOutcome.Asked(registration);
      }
      case RegistrationState.Asked(var by) ->
          by.equals(account) ? new OpenOutcome.Asked(registration) : new OpenOutcome.Taken();
      case RegistrationState.ContactReceived(var by) -> received(by, account);
      case CodeSent(var by, var _, var _, var _) -> received(by, account);
      case RegistrationState.Ended _ -> new OpenOutcome.Gone();
    };
  }

  /// Whether a registration of this person waits for their contact.
  public boolean waitsForContact(Handle handle, AccountId account) {
    return store.lockAsked(handle, account, clock.instant()).isPresent();
  }

  /// A person shared their own contact, in their private chat and not forwarded: whoever calls has
  /// made sure of that.
  public ContactOutcome contact(Handle handle, Account account, PhoneNumber phone) {
    var asked = store.lockAsked(handle, account.id(), clock.instant());
    if (asked.isEmpty()) {
      return new ContactOutcome.NotAsked();
    }
    var closed = codeTaken(handle, account);
    if (closed.isPresent()) {
      return new ContactOutcome.Closed(closed.get());
    }
    var registration = asked.get();
    received(handle, registration, account, Optional.empty(), phone);
    apply(handle, registration, new RegistrationEvent.ContactShared(account.id()));
    sendCode(handle, registration.id());
    return new ContactOutcome.Received(registration);
  }

  /// An organization's own bot brought this person's contact, with its service key. What comes of
  /// it is good for that organization only.
  public VouchOutcome vouch(
      Handle handle,
      RegistrationId id,
      OrganizationId organization,
      Account account,
      PhoneNumber phone) {
    var found =
        store
            .lock(handle, id)
            .filter(this::live)
            .filter(each -> each.state() instanceof RegistrationState.Pending);
    if (found.isEmpty()) {
      return new VouchOutcome.Gone();
    }
    var closed = codeTaken(handle, account);
    if (closed.isPresent()) {
      return new VouchOutcome.Closed(closed.get());
    }
    received(handle, found.get(), account, Optional.of(organization), phone);
    apply(handle, found.get(), new RegistrationEvent.Vouched(account.id()));
    store.countCode(handle, id);
    var code = newCode(handle, id).orElseThrow();
    return new VouchOutcome.CodeMade(store.lock(handle, id).orElseThrow(), code);
  }

  /// Makes the code that is about to be sent; one made before is dead. Only its hash is kept.
  ///
  /// @return empty when nobody waits for one any more
  public Optional<Secret> newCode(Handle handle, RegistrationId id) {
    var found = store.lock(handle, id).filter(this::live);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    var code = codes.random();
    var made =
        apply(
            handle,
            found.get(),
            new RegistrationEvent.CodeMade(),
            Optional.of(codes.hash(id, code)));
    if (!made) {
      return Optional.empty();
    }
    store.setDeadline(handle, id, clock.instant().plus(LIFE));
    return Optional.of(code);
  }

  /// Whose registration it is, for the words of its code.
  public Optional<Account> account(Handle handle, RegistrationId id) {
    return store
        .lock(handle, id)
        .map(Registration::state)
        .flatMap(RegistrationState::person)
        .map(by -> accounts.get(handle, by));
  }

  /// Another code, for a browser whose person did not get the last one or used up its tries.
  public ResendOutcome resend(Handle handle, Secret cookie) {
    var found = store.lock(handle, hash(cookie)).filter(this::live);
    if (found.isEmpty()
        || found.get().vouchedBy().isPresent()
        || !(found.get().state() instanceof CodeSent(var by, var _, int left, var again))) {
      return new ResendOutcome.NotAsked();
    }
    if (left == 0) {
      return new ResendOutcome.NoMore();
    }
    if (clock.instant().isBefore(again)) {
      return new ResendOutcome.TooEarly(again);
    }
    var closed = codeTaken(handle, accounts.get(handle, by));
    if (closed.isPresent()) {
      return new ResendOutcome.Closed(closed.get());
    }
    apply(handle, found.get(), new RegistrationEvent.AnotherCodeWanted());
    sendCode(handle, found.get().id());
    return new ResendOutcome.Sending();
  }

  /// A code as it was typed in the browser that began. The right one signs it in.
  ///
  /// @param address what its limit counts by
  public VerifyOutcome verify(
      Handle handle, Secret cookie, String typed, BrowserInfo from, String address) {
    // Before any row is locked: many browsers take these at once.
    var closed = taken(handle, Limit.REGISTER_TRY_PER_ADDRESS, address, Limit.REGISTER_TRY_GLOBAL);
    if (closed.isPresent()) {
      return new VerifyOutcome.Closed(closed.get());
    }
    var person = store.find(handle, hash(cookie)).flatMap(seen -> seen.state().person());
    person.ifPresent(held -> accounts.hold(handle, held));
    var found = store.lock(handle, hash(cookie)).filter(this::live);
    if (found.isEmpty()
        || !(found.get().state() instanceof CodeSent(var by, int left, var _, var _))
        || person.filter(by::equals).isEmpty()) {
      return new VerifyOutcome.NotAsked();
    }
    var registration = found.get();
    if (left == 0) {
      return new VerifyOutcome.Wrong(0);
    }
    var code = VerificationCodes.parse(typed);
    if (code.isEmpty()
        || !codes.fits(registration.id(), code.get(), store.codeHash(handle, registration.id()))) {
      apply(handle, registration, new RegistrationEvent.WrongCode());
      return new VerifyOutcome.Wrong(left - 1);
    }
    apply(handle, registration, new RegistrationEvent.RightCode());
    return new VerifyOutcome.Registered(
        accounts.get(handle, by),
        registration.customer().orElseThrow(),
        enter(handle, registration, by, from));
  }

  /// Ends what is overdue.
  public int endOverdue(Handle handle) {
    var overdue = store.lockOverdue(handle, clock.instant(), BATCH);
    overdue.forEach(each -> apply(handle, each, new RegistrationEvent.TimeUp()));
    return overdue.size();
  }

  /// Deletes what ended before this moment.
  public int forget(Handle handle, Instant before) {
    return store.forget(handle, before);
  }

  private Secret enter(Handle handle, Registration registration, AccountId by, BrowserInfo from) {
    return registration
        .vouchedBy()
        .map(organization ->
            webSessions.enterFor(handle, organization, LoginVia.TELEGRAM_CONFIRM, by, from))
        .orElseGet(() -> webSessions.enter(handle, LoginVia.TELEGRAM_CONFIRM, by, from));
  }

  private void received(
      Handle handle,
      Registration registration,
      Account account,
      Optional<OrganizationId> vouchedBy,
      PhoneNumber phone) {
    long customer = customers.seen(handle, account.id(), vouchedBy, registration.name(), phone);
    store.setCustomer(handle, registration.id(), customer);
  }

  /// The words, and with them the code, are found when the message is sent.
  private void sendCode(Handle handle, RegistrationId id) {
    store.countCode(handle, id);
    var chat = store.chat(handle, id).orElseThrow();
    notices.registrationCode(handle, chat, id.value());
  }

  private boolean apply(Handle handle, Registration registration, RegistrationEvent event) {
    return apply(handle, registration, event, Optional.empty());
  }

  /// The one door: decides, stores, tells.
  private boolean apply(
      Handle handle,
      Registration registration,
      RegistrationEvent event,
      Optional<byte[]> codeHash) {
    var now = clock.instant();
    int codesLeft = CODES - store.codes(handle, registration.id());
    var next = RegistrationTransitions.next(registration.state(), event, codesLeft, now);
    if (next.isEmpty()) {
      return false;
    }
    store.store(handle, registration, next.get(), codeHash, now);
    Notifications.hint(handle, Channel.REGISTRATION, registration.id().value());
    LOG.info(
        "event=registration_moved id={} from={} to={}",
        registration.id().value(),
        registration.state().phase(),
        next.get().phase());
    return true;
  }

  private boolean live(Registration registration) {
    return registration.live() && clock.instant().isBefore(registration.deadline());
  }

  private Optional<Instant> codeTaken(Handle handle, Account account) {
    return limits.take(
        handle, Limit.REGISTER_CODE_PER_PERSON, Long.toString(account.telegramId().value()));
  }

  /// The own limit first: who is stopped by it uses nothing of what all share.
  private Optional<Instant> taken(Handle handle, Limit own, String address, Limit all) {
    return limits.take(handle, own, address).or(() -> limits.take(handle, all, Limits.EVERYBODY));
  }

  private static OpenOutcome received(AccountId by, AccountId account) {
    return by.equals(account) ? new OpenOutcome.Received() : new OpenOutcome.Taken();
  }

  private static byte[] hash(Secret cookie) {
    return Hashes.sha256(cookie.value());
  }
}
