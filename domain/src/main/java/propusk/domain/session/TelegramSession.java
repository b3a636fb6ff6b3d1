package propusk.domain.session;

import java.time.Instant;
import java.util.Optional;
import propusk.domain.account.AccountId;
import propusk.domain.account.TelegramUserId;

/// The MTProto authorization we hold for an account, without its sealed files.
///
/// @param checkedAt when Telegram last answered on it
/// @param checkWantedAt since when somebody waits for Telegram's answer
/// @param checkFailures how often in a row it did not answer
/// @param endedAt when it was over for us; a log-out at Telegram may still be under way
public record TelegramSession(
    TelegramSessionId id,
    AccountId account,
    TelegramUserId telegramId,
    SessionState state,
    int version,
    Instant createdAt,
    Optional<Instant> checkedAt,
    Optional<Instant> checkWantedAt,
    int checkFailures,
    Optional<Instant> endedAt) {}
