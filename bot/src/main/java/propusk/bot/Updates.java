package propusk.bot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import propusk.domain.seal.Hashes;
import propusk.domain.seal.Secret;

/// How updates come to us. Telegram knows one way at a time for a bot.
public sealed interface Updates {

  /// We ask for them.
  record Poll() implements Updates {}

  /// Telegram brings them.
  ///
  /// @param secret what Telegram shows for `ownBot`
  /// @param ownBot the bot of `BOT_TOKEN`; every other bot has a secret made from this one, so that
  ///   nobody who knows one bot's can speak for another
  record Webhook(Secret secret, long ownBot) implements Updates {

    /// `secret_token`: letters, digits, `_` and `-`.
    public Secret secretOf(long botId) {
      if (botId == ownBot) {
        return secret;
      }
      var made = Hashes.hmac(secret.value().getBytes(UTF_8), "webhook:" + botId);
      return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(made));
    }
  }
}
