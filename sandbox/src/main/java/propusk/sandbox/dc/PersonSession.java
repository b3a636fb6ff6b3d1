package propusk.sandbox.dc;

import java.time.Instant;

/// One line of «Settings → Devices»: a client that a person is logged in with.
///
/// See <https://core.telegram.org/constructor/authorization>.
///
/// @param id what the protocol calls the session's hash; fits a JavaScript number
public record PersonSession(
    long id,
    long personId,
    String deviceModel,
    String platform,
    String appName,
    String appVersion,
    Instant createdAt,
    Instant lastActiveAt) {}
