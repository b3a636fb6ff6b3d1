package propusk.domain.websession;

import java.time.Instant;
import propusk.domain.account.AccountId;
import propusk.domain.browser.BrowserInfo;

/// A browser that entered as this account.
///
/// @param seenAt when it was shown last
/// @param expiresAt its absolute end
public record WebSession(
    WebSessionId id,
    AccountId account,
    LoginVia loginVia,
    BrowserInfo browser,
    Instant createdAt,
    Instant seenAt,
    Instant expiresAt) {}
