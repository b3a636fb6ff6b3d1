package propusk.app.config;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import propusk.domain.seal.Secret;

/// The bot we answer as and how its updates reach us.
///
/// @param webhookSecret there if `byWebhook`
/// @param admins Telegram ids of people who may use the admin commands
public record BotConfig(
    Secret token,
    String username,
    boolean byWebhook,
    Optional<Secret> webhookSecret,
    Set<Long> admins,
    URI apiUrl,
    URI linkBase) {}
