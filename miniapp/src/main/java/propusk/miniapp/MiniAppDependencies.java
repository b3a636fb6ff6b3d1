package propusk.miniapp;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.account.AccountPhones;
import propusk.domain.account.Accounts;
import propusk.domain.account.PhoneHashes;
import propusk.domain.deletion.Deletions;
import propusk.domain.device.TrustedDevices;
import propusk.domain.event.Admissions;
import propusk.domain.event.Events;
import propusk.domain.key.ServiceKeys;
import propusk.domain.limit.Limits;
import propusk.domain.login.LoginBrowsers;
import propusk.domain.login.LoginLinks;
import propusk.domain.login.Logins;
import propusk.domain.magic.MagicLinks;
import propusk.domain.notify.Notifications;
import propusk.domain.organization.Organizations;
import propusk.domain.registration.Registrations;
import propusk.domain.session.TelegramSessions;
import propusk.domain.signin.Approvals;
import propusk.domain.signin.SignIns;
import propusk.domain.subscription.Subscriptions;
import propusk.domain.websession.WebSessions;

/// What the Mini App is built from.
///
/// @param clock the database's time
/// @param nanoTime a monotonic clock in nanoseconds, such as `System::nanoTime`
public record MiniAppDependencies(
    MiniAppConfig config,
    Jdbi jdbi,
    Accounts accounts,
    Logins logins,
    LoginBrowsers loginBrowsers,
    Subscriptions subscriptions,
    TelegramSessions telegramSessions,
    WebSessions webSessions,
    Limits limits,
    PhoneHashes phoneHashes,
    AccountPhones phones,
    SignIns signIns,
    Approvals approvals,
    TrustedDevices devices,
    LoginLinks loginLinks,
    Registrations registrations,
    Organizations organizations,
    Events events,
    MagicLinks magicLinks,
    Admissions admissions,
    Deletions deletions,
    ServiceKeys serviceKeys,
    Notifications notifications,
    InstantSource clock,
    LongSupplier nanoTime,
    SecureRandom random) {}
