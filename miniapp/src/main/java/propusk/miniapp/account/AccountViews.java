package propusk.miniapp.account;

import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import propusk.domain.account.Account;
import propusk.domain.account.AccountId;
import propusk.domain.account.Accounts;
import propusk.domain.deletion.Deletions;
import propusk.domain.device.TrustedDevices;
import propusk.domain.seal.Secret;
import propusk.domain.session.TelegramSessions;
import propusk.domain.subscription.Subscriptions;
import propusk.domain.usage.Usage;
import propusk.domain.websession.WebSessions;

/// Reads accounts for their owners.
///
/// @param clock the database's time
public record AccountViews(
    Accounts accounts,
    Subscriptions subscriptions,
    Usage usage,
    TelegramSessions telegramSessions,
    WebSessions webSessions,
    TrustedDevices devices,
    Deletions deletions,
    InstantSource clock) {

  /// Who is signed in in the browser with this cookie; looking does not make it last longer.
  public Optional<Account> visitor(Handle handle, Secret cookie) {
    return webSessions.peek(handle, cookie).map(session -> accounts.get(handle, session.account()));
  }

  public AccountView read(Handle handle, AccountId id) {
    return new AccountView(
        clock.instant(),
        accounts.get(handle, id),
        subscriptions.find(handle, id),
        usage.now(handle, id),
        telegramSessions.latest(handle, id),
        webSessions.list(handle, id),
        devices.list(handle, id),
        deletions.pending(handle, id));
  }
}
