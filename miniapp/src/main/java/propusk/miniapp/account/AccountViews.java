package propusk.miniapp.account;

import java.time.InstantSource;
import org.jdbi.v3.core.Handle;
import propusk.domain.account.AccountId;
import propusk.domain.account.Accounts;
import propusk.domain.deletion.Deletions;
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
    Deletions deletions,
    InstantSource clock) {

  public AccountView read(Handle handle, AccountId id) {
    return new AccountView(
        clock.instant(),
        accounts.get(handle, id),
        subscriptions.find(handle, id),
        usage.now(handle, id),
        telegramSessions.latest(handle, id),
        webSessions.list(handle, id),
        deletions.pending(handle, id));
  }
}
