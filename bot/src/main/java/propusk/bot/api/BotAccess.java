package propusk.bot.api;

import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import propusk.domain.seal.Secret;

/// A bot we answer as.
///
/// @param id Telegram's id of the bot: the number before the colon of its token
/// @param apiUrl where the Bot API is, such as `https://api.telegram.org`, without a slash at the
///   end
public record BotAccess(long id, Secret token, String apiUrl) {
  private static final Pattern TOKEN = Pattern.compile("([1-9][0-9]{0,17}):[A-Za-z0-9_-]{1,256}");

  public BotAccess {
    if (HttpUrl.parse(apiUrl) == null || apiUrl.endsWith("/")) {
      throw new IllegalArgumentException("the Bot API's address is not an http address");
    }
  }

  /// @throws IllegalArgumentException in words when the token has not the form BotFather gives; the
  ///   token is never repeated
  public static BotAccess of(Secret token, String apiUrl) {
    var form = TOKEN.matcher(token.value());
    if (!form.matches()) {
      throw new IllegalArgumentException("a bot token is a number, a colon and letters");
    }
    return new BotAccess(Long.parseLong(form.group(1)), token, apiUrl);
  }
}
