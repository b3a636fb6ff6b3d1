package propusk.miniapp;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import propusk.domain.seal.Tokens;
import propusk.miniapp.MiniAppConfig.Bot;
import propusk.miniapp.initdata.BotKey;

/// The bots that pages lead to, and whose signatures count. The first one is named on pages that
/// belong to no login.
public final class Bots {
  private final MiniAppConfig config;

  Bots(MiniAppConfig config) {
    this.config = config;
  }

  /// Where people write to this bot, or to the first one: such as `https://t.me/propusk_bot`.
  public String link(Optional<Long> id) {
    var base = config.telegramLinkBase().toString();
    return id.map(config.bots()::get)
        .or(() -> first().map(Map.Entry::getValue))
        .map(bot -> base + "/" + bot.username())
        .orElse(base);
  }

  public URI link() {
    return URI.create(link(Optional.empty()));
  }

  /// The first one's, without the at sign; empty where there is none.
  public String username() {
    return first().map(bot -> bot.getValue().username()).orElse("");
  }

  /// The first one's, or 0.
  public long id() {
    return first().map(Map.Entry::getKey).orElse(0L);
  }

  /// The first one, to which Telegram knows our site. Without a bot nothing is signed for us: then
  /// it has a token that nobody has.
  public Bot signing(Tokens tokens) {
    return first().map(Map.Entry::getValue).orElseGet(() -> new Bot("", tokens.secret(), true));
  }

  Map<Long, BotKey> keys(Predicate<Bot> which) {
    var keys = new LinkedHashMap<Long, BotKey>();
    config
        .bots()
        .forEach((id, bot) -> {
          if (which.test(bot)) {
            keys.put(id, BotKey.of(bot.token()));
          }
        });
    return keys;
  }

  private Optional<Map.Entry<Long, Bot>> first() {
    return config.bots().entrySet().stream().findFirst();
  }
}
