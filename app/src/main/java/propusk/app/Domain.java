package propusk.app;

import java.security.SecureRandom;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.account.Accounts;
import propusk.domain.deletion.Deletions;
import propusk.domain.device.TrustedDevices;
import propusk.domain.event.Admissions;
import propusk.domain.event.Events;
import propusk.domain.invite.Invites;
import propusk.domain.limit.Limits;
import propusk.domain.login.LoginBrowsers;
import propusk.domain.login.LoginLinks;
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

/// The use cases, built once for a process.
///
/// @param sealer the one of SECRET_KEY
record Domain(
    Jdbi jdbi,
    InstantSource clock,
    Notifications notifications,
    SecureRandom random,
    Tokens tokens,
    Sealer sealer,
    Accounts accounts,
    Subscriptions subscriptions,
    TelegramSessions sessions,
    Events events,
    Outbox outbox,
    Limits limits,
    Logins logins,
    LoginBrowsers loginBrowsers,
    LoginLinks loginLinks,
    LoginRuns loginRuns,
    SignIns signIns,
    SignInCounts signInCounts,
    Approvals approvals,
    WebSessions webSessions,
    TrustedDevices devices,
    Registrations registrations,
    MagicLinks magicLinks,
    Admissions admissions,
    Deletions deletions) {

  static Domain of(Store store, Secret secretKey) {
    var clock = store.clock();
    var random = new SecureRandom();
    var tokens = new Tokens(random);
    var sealer = Sealer.parse(secretKey.value());
    var plans = new Plans();
    var accounts = new Accounts();
    var subscriptions = new Subscriptions(plans);
    var sessions = new TelegramSessions(clock);
    var outbox = new Outbox(sealer, clock);
    var invites = new Invites(plans, sealer, clock, random);
    var logins =
        new Logins.Parts(invites, subscriptions, outbox, sealer, clock, tokens, Logins.PAGE_LIFE);
    var limits = new Limits(clock);
    var signInParts = new SignIns.Parts(sealer, clock, tokens, limits, new SignInCounts());
    var signIns = new SignIns(signInParts);
    var webSessions = new WebSessions(clock, tokens);
    var magicLinks = new MagicLinks(webSessions, clock, tokens);
    var memberships = new Memberships(clock);
    var events = new Events(memberships, clock, tokens);
    var browsers = new LoginBrowsers(clock, tokens);
    var allLogins = new Logins(logins);
    var devices = new TrustedDevices(sealer, webSessions, clock, tokens);
    return new Domain(
        store.jdbi(),
        clock,
        store.notifications(),
        random,
        tokens,
        sealer,
        accounts,
        subscriptions,
        sessions,
        events,
        outbox,
        limits,
        allLogins,
        browsers,
        new LoginLinks(logins, browsers, limits),
        new LoginRuns(logins, accounts, sessions),
        signIns,
        signInParts.counts(),
        new Approvals(signInParts),
        webSessions,
        devices,
        new Registrations(accounts, webSessions, limits, sealer, clock, tokens),
        magicLinks,
        new Admissions(signIns, events, memberships, magicLinks),
        new Deletions(sessions, allLogins, devices, webSessions, clock));
  }
}
