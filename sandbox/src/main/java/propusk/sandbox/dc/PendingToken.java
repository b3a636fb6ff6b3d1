package propusk.sandbox.dc;

import java.time.Instant;

/// A QR code that some client is showing now.
///
/// @param link what the QR says: `tg://login?token=…`
/// @param deviceModel what the client calls its device
/// @param expiresAt by the world's clock
public record PendingToken(
    String link, String deviceModel, String appName, Instant createdAt, Instant expiresAt) {}
