package propusk.domain.websession;

import java.time.Instant;
import java.util.Optional;
import propusk.domain.account.AccountId;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.organization.OrganizationId;

/// A browser that entered as this account.
///
/// @param seenAt when it was shown last
/// @param organization the one whose pages it is good for, because it vouched for the person;
///   empty: all that is theirs
/// @param expiresAt its absolute end
public record WebSession(
    WebSessionId id,
    AccountId account,
    LoginVia loginVia,
    Optional<OrganizationId> organization,
    BrowserInfo browser,
    Instant createdAt,
    Instant seenAt,
    Instant expiresAt) {}
