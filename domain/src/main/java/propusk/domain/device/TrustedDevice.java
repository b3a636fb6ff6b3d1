package propusk.domain.device;

import java.time.Instant;
import propusk.domain.account.AccountId;
import propusk.domain.browser.BrowserInfo;

/// A browser that is known again.
///
/// @param browser as it called itself when it was used last, and where it was
/// @param resting its owner signed out in it: it is known again only together with the number
public record TrustedDevice(
    DeviceId id,
    AccountId account,
    BrowserInfo browser,
    Instant createdAt,
    Instant usedAt,
    Instant expiresAt,
    boolean resting) {}
