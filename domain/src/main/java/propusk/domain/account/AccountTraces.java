package propusk.domain.account;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import propusk.domain.time.Times;

/// What there is of a person besides the account itself, for whoever operates the service.
///
/// @param lastLogin the phase of the login that was asked for last
/// @param redeemed how many invites the person used
/// @param webSessions browsers that are signed in
/// @param updatesWaiting updates of the private chat that wait to be handled
/// @param updatesDead those that were put aside
/// @param messagesWaiting messages of ours that wait to be sent
/// @param blocked whether the person blocked a bot of ours
public record AccountTraces(
    Optional<String> lastLogin,
    Optional<Instant> lastLoginAt,
    int redeemed,
    int webSessions,
    int updatesWaiting,
    int updatesDead,
    int messagesWaiting,
    boolean blocked) {

  public static AccountTraces of(Handle handle, Account account, Instant now) {
    return handle
        .createQuery(
            """
            SELECT last.phase, last.created_at,
              (SELECT count(*) FROM invite_redemption WHERE account_id = :account) AS redeemed,
              (SELECT count(*) FROM web_session
                WHERE account_id = :account AND revoked_at IS NULL AND expires_at > :now) AS web_sessions,
              (SELECT count(*) FROM inbox WHERE chat_id = :person AND state = 'open') AS updates_waiting,
              (SELECT count(*) FROM inbox WHERE chat_id = :person AND state = 'dead') AS updates_dead,
              (SELECT count(*) FROM outbox WHERE chat_id = :person AND state = 'open') AS messages_waiting,
              EXISTS (SELECT 1 FROM blocked_chat WHERE chat_id = :person) AS blocked
            FROM (SELECT 1) one LEFT JOIN LATERAL (
              SELECT phase, created_at FROM login WHERE account_id = :account
              ORDER BY created_at DESC, id LIMIT 1) last ON true
            """)
        .bind("account", account.id().value())
        .bind("person", account.telegramId().value())
        .bind("now", Times.column(now))
        .map((row, _) ->
            new AccountTraces(
                Optional.ofNullable(row.getString("phase")),
                Times.find(row, "created_at"),
                row.getInt("redeemed"),
                row.getInt("web_sessions"),
                row.getInt("updates_waiting"),
                row.getInt("updates_dead"),
                row.getInt("messages_waiting"),
                row.getBoolean("blocked")))
        .one();
  }
}
