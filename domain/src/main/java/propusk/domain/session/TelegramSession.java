package propusk.domain.session;

import java.time.Instant;
import java.util.Optional;
import propusk.domain.account.AccountId;
import propusk.domain.account.TelegramUserId;

/// The MTProto authorization we hold for an account, without its sealed files.
public record TelegramSession(
    TelegramSessionId id,
    AccountId account,
    TelegramUserId telegramId,
    SessionState state,
    int version,
    Instant createdAt,
    Optional<Instant> checkedAt) {}
