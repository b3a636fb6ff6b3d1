package propusk.domain.webhook;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What was seen and done when somebody looked after a bot's webhook.
///
/// @param occasion `start`, `timer`, `request` or `conflict`
/// @param address where updates were brought; scheme and host only where that is not ours, empty
///   for nowhere
/// @param pending how many updates waited at Telegram
/// @param refused how many came to our door without the secret since the look before
/// @param findings words, none when all was well
/// @param action `none`, `set` or `deleted`
/// @param outcome `ok`, or why Telegram did not do it
/// @param ours whether it was as it should be in the end
public record WebhookCheck(
    long botId,
    Instant at,
    String occasion,
    String address,
    int pending,
    Optional<String> ipAddress,
    Optional<Instant> lastErrorAt,
    Optional<String> lastError,
    long refused,
    List<String> findings,
    String action,
    String outcome,
    boolean ours) {}
