package propusk.bot;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import propusk.bot.api.BotAccess;
import propusk.domain.account.Accounts;
import propusk.domain.account.TelegramUserId;
import propusk.domain.deletion.Deletions;
import propusk.domain.device.TrustedDevices;
import propusk.domain.event.Admissions;
import propusk.domain.event.Events;
import propusk.domain.invite.Invites;
import propusk.domain.limit.Limits;
import propusk.domain.login.LoginRuns;
import propusk.domain.login.Logins;
import propusk.domain.magic.MagicLinks;
import propusk.domain.notify.Notifications;
import propusk.domain.organization.Memberships;
import propusk.domain.outbox.Outbox;
import propusk.domain.plan.Plans;
import propusk.domain.registration.Registrations;
import propusk.domain.seal.Sealer;
import propusk.domain.seal.Secret;
import propusk.domain.seal.Tokens;
import propusk.domain.session.TelegramSessions;
import propusk.domain.signin.Approvals;
import propusk.domain.signin.SignInCounts;
import propusk.domain.signin.SignIns;
import propusk.domain.subscription.Subscriptions;
import propusk.domain.websession.WebSessions;

/// The product's parts that a bot stands on, over one database, put together as `app` does.
final class Product {
  static final String TOKEN = "7000000001:AAcanaryTokenCanaryTokenCanaryToken";
  static final String BASE_URL = "http://localhost:8080";

  final Jdbi jdbi;
  final InstantSource clock;
  final Sealer sealer = new Sealer(List.of(new byte[32]));
  final Plans plans = new Plans();
  final Subscriptions subscriptions = new Subscriptions(plans);
  final Invites invites;
  final Outbox outbox;
  final Logins logins;
  final Events events;
  final Registrations registrations;
  final Admissions admissions;
  private final Logins.Parts parts;

  /// Whom the next bot tells what the operator must know.
  final SignIns.Parts signInParts;

  final SignIns signIns;
  final TrustedDevices devices;
  List<TelegramUserId> admins = List.of();

  /// How the next bot gets its updates, and where it is.
  Updates updates = new Updates.Poll();

  String baseUrl = BASE_URL;
  Optional<Secret> cronSecret = Optional.empty();

  Product(Jdbi jdbi, InstantSource clock) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.invites = new Invites(plans, sealer, clock, new SecureRandom());
    var tokens = new Tokens(new SecureRandom());
    this.registrations =
        new Registrations(
            new Accounts(),
            new WebSessions(clock, tokens),
            new Limits(clock),
            sealer,
            clock,
            tokens);
    this.events = new Events(new Memberships(clock), clock, new Tokens(new SecureRandom()));
    this.outbox = new Outbox(sealer, clock);
    this.parts =
        new Logins.Parts(
            invites,
            subscriptions,
            outbox,
            sealer,
            clock,
            new Tokens(new SecureRandom()),
            Logins.PAGE_LIFE);
    this.logins = new Logins(parts);
    this.signInParts =
        new SignIns.Parts(
            sealer, clock, new Tokens(new SecureRandom()), new Limits(clock), new SignInCounts());
    this.signIns = new SignIns(signInParts);
    this.devices = new TrustedDevices(sealer, new WebSessions(clock, tokens), clock, tokens);
    this.admissions =
        new Admissions(
            signIns,
            events,
            new Memberships(clock),
            new MagicLinks(new WebSessions(clock, tokens), clock, tokens));
  }

  /// What a worker does to logins.
  LoginRuns runs() {
    return new LoginRuns(parts, new Accounts(), new TelegramSessions(clock));
  }

  /// A bot that asks this Bot API.
  BotModule bot(String apiUrl, Notifications notifications) {
    var access = BotAccess.of(new Secret(TOKEN), apiUrl);
    return new BotModule(
        new BotDependencies(
            new BotConfig(
                List.of(access),
                Map.of(access.id(), "propusk_bot"),
                baseUrl,
                updates,
                cronSecret,
                admins,
                BotConfig.CHATS_AT_ONCE),
            jdbi,
            notifications,
            sealer,
            clock,
            new Accounts(),
            logins,
            new Limits(clock),
            subscriptions,
            new TelegramSessions(clock),
            events,
            registrations,
            admissions,
            signIns,
            new Approvals(signInParts),
            devices,
            new Deletions(
                new TelegramSessions(clock),
                logins,
                devices,
                new WebSessions(clock, new Tokens(new SecureRandom())),
                clock),
            outbox,
            new SecureRandom()));
  }
}
