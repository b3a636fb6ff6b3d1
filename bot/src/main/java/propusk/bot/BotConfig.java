package propusk.bot;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import propusk.bot.api.BotAccess;
import propusk.domain.account.TelegramUserId;
import propusk.domain.seal.Secret;

/// What the bot module is told by configuration.
///
/// @param bots the bots we answer as; none: the module does nothing
/// @param usernames by the bot's id, used until Telegram has told each bot's own name
/// @param baseUrl `BASE_URL`, where our pages are, without a slash at the end
/// @param updates `UPDATES`, and `WEBHOOK_SECRET`
/// @param cronSecret `CRON_SECRET`: who shows it may have the webhooks looked after now
/// @param admins `PROPUSK_ADMINS`: who is told what the operator must know, by the first bot
/// @param chatsAtOnce how many chats of a bot are served side by side; each takes a database
///   connection for a moment
public record BotConfig(
    List<BotAccess> bots,
    Map<Long, String> usernames,
    String baseUrl,
    Updates updates,
    Optional<Secret> cronSecret,
    List<TelegramUserId> admins,
    int chatsAtOnce) {
  /// Enough for hundreds of commands a second.
  public static final int CHATS_AT_ONCE = 4;

  public BotConfig {
    if (baseUrl.endsWith("/")) {
      throw new IllegalArgumentException("the base address ends without a slash");
    }
    bots = List.copyOf(bots);
    usernames = Map.copyOf(usernames);
    admins = List.copyOf(admins);
  }

  /// What the first bot is called, which is always the service's own; empty without any.
  String ownUsername() {
    return bots.stream().findFirst().map(bot -> usernames.getOrDefault(bot.id(), "")).orElse("");
  }

  /// The same with other bots.
  public BotConfig with(List<BotAccess> others, Map<Long, String> names) {
    return new BotConfig(others, names, baseUrl, updates, cronSecret, admins, chatsAtOnce);
  }
}
