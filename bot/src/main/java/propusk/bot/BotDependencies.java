package propusk.bot;

import java.security.SecureRandom;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.account.Accounts;
import propusk.domain.deletion.Deletions;
import propusk.domain.device.TrustedDevices;
import propusk.domain.event.Admissions;
import propusk.domain.event.Events;
import propusk.domain.limit.Limits;
import propusk.domain.login.Logins;
import propusk.domain.notify.Notifications;
import propusk.domain.outbox.Outbox;
import propusk.domain.registration.Registrations;
import propusk.domain.seal.Sealer;
import propusk.domain.session.TelegramSessions;
import propusk.domain.signin.Approvals;
import propusk.domain.signin.SignIns;
import propusk.domain.subscription.Subscriptions;

/// What the bot module stands on.
///
/// @param jdbi a pool; one connection of it is kept per bot
/// @param sealer holds `SECRET_KEY`
/// @param clock the database's time
public record BotDependencies(
    BotConfig config,
    Jdbi jdbi,
    Notifications notifications,
    Sealer sealer,
    InstantSource clock,
    Accounts accounts,
    Logins logins,
    Limits limits,
    Subscriptions subscriptions,
    TelegramSessions sessions,
    Events events,
    Registrations registrations,
    Admissions admissions,
    SignIns signIns,
    Approvals approvals,
    TrustedDevices devices,
    Deletions deletions,
    Outbox outbox,
    SecureRandom random) {}
