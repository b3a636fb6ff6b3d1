package propusk.domain;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.account.Account;
import propusk.domain.account.Accounts;
import propusk.domain.account.Language;
import propusk.domain.account.TelegramProfile;
import propusk.domain.account.TelegramUserId;
import propusk.domain.deletion.Deletions;
import propusk.domain.device.TrustedDevices;
import propusk.domain.event.Admissions;
import propusk.domain.event.Events;
import propusk.domain.invite.InviteCode;
import propusk.domain.invite.Invites;
import propusk.domain.key.ServiceKeys;
import propusk.domain.limit.Limits;
import propusk.domain.login.LoginBrowsers;
import propusk.domain.login.LoginLinks;
import propusk.domain.login.LoginRuns;
import propusk.domain.login.Logins;
import propusk.domain.magic.MagicLinks;
import propusk.domain.organization.Memberships;
import propusk.domain.organization.Organization;
import propusk.domain.organization.Organizations;
import propusk.domain.organization.Slug;
import propusk.domain.outbox.Outbox;
import propusk.domain.plan.Plans;
import propusk.domain.registration.Registrations;
import propusk.domain.seal.Sealer;
import propusk.domain.seal.Tokens;
import propusk.domain.session.TelegramSessions;
import propusk.domain.signin.Approvals;
import propusk.domain.signin.SignInCounts;
import propusk.domain.signin.SignIns;
import propusk.domain.subscription.Subscriptions;
import propusk.domain.websession.WebSessions;
import propusk.domain.worker.Workers;
import propusk.migrations.TestDatabase;

/// The whole domain on a real, fresh PostgreSQL database, with a clock that a test moves.
public final class DomainWorld implements AutoCloseable {
  public static final long BOT = 7_000_001;

  public final TestDatabase database = TestDatabase.create();
  public final Jdbi jdbi = Jdbi.create(database.dataSource());
  public final MovableClock clock = new MovableClock();
  public final SecureRandom random = new SecureRandom();
  public final byte[] secretKey = key();
  public final Sealer sealer = new Sealer(List.of(secretKey));
  public final Tokens tokens = new Tokens(random);
  public final Accounts accounts = new Accounts();
  public final Plans plans = new Plans();
  public final Invites invites = new Invites(plans, sealer, clock, random);
  public final Subscriptions subscriptions = new Subscriptions(plans);
  public final TelegramSessions sessions = new TelegramSessions(clock);
  public final Workers workers = new Workers(clock);
  public final Outbox outbox = new Outbox(sealer, clock);
  public final Logins.Parts parts =
      new Logins.Parts(invites, subscriptions, outbox, sealer, clock, tokens, Logins.PAGE_LIFE);
  public final Logins logins = new Logins(parts);
  public final Limits limits = new Limits(clock);
  public final LoginBrowsers browsers = new LoginBrowsers(clock, tokens);
  public final LoginLinks links = new LoginLinks(parts, browsers, limits);
  public final Organizations organizations = new Organizations(clock);
  public final Memberships memberships = new Memberships(clock);
  public final Events events = new Events(memberships, clock, tokens);
  public final ServiceKeys keys = new ServiceKeys(clock, tokens);
  public final WebSessions webSessions = new WebSessions(clock, tokens);
  public final TrustedDevices devices = new TrustedDevices(sealer, webSessions, clock, tokens);
  public final SignInCounts signInCounts = new SignInCounts();
  public final SignIns.Parts signInParts =
      new SignIns.Parts(sealer, clock, tokens, limits, signInCounts);
  public final SignIns signIns = new SignIns(signInParts);
  public final Approvals approvals = new Approvals(signInParts);
  public final Registrations registrations =
      new Registrations(accounts, webSessions, limits, sealer, clock, tokens);
  public final MagicLinks magicLinks = new MagicLinks(webSessions, clock, tokens);
  public final Admissions admissions = new Admissions(signIns, events, memberships, magicLinks);
  public final Deletions deletions = new Deletions(sessions, logins, devices, webSessions, clock);
  public final LoginRuns runs = new LoginRuns(parts, accounts, sessions);

  /// Stands where a test put it.
  public static final class MovableClock implements InstantSource {
    private final AtomicReference<Instant> now =
        new AtomicReference<>(Instant.parse("2026-11-20T09:00:00Z"));

    @Override
    public Instant instant() {
      return now.get();
    }

    public void advance(Duration by) {
      now.updateAndGet(at -> at.plus(by));
    }
  }

  public <T> T in(Function<Handle, T> work) {
    return jdbi.inTransaction(work::apply);
  }

  public Account person(long telegramId, String firstName) {
    return in(handle ->
        accounts.seen(
            handle,
            new TelegramProfile(
                new TelegramUserId(telegramId),
                firstName,
                Optional.empty(),
                Optional.empty(),
                Optional.of(Language.RU))));
  }

  /// The person wrote to the bot: it may tell them of what they did not ask for.
  public Account letIn(Handle handle, Account person) {
    return letIn(handle, person, BOT);
  }

  public Account letIn(Handle handle, Account person, long bot) {
    return accounts.wrote(
        handle,
        new TelegramProfile(
            person.telegramId(),
            person.firstName(),
            person.lastName(),
            person.username(),
            Optional.of(person.language())),
        bot);
  }

  public InviteCode premiumInvite(int uses) {
    return in(handle -> invites.create(handle, "premium", uses, Optional.empty()));
  }

  public Organization organization(String slug) {
    return in(handle ->
        organizations
            .create(handle, new Slug(slug), "Клуб " + slug, ZoneId.of("Europe/Moscow"))
            .orElseThrow());
  }

  public long count(String sql) {
    return in(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  private byte[] key() {
    var key = new byte[32];
    random.nextBytes(key);
    return key;
  }

  @Override
  public void close() {
    database.close();
  }
}
