package propusk.miniapp;

import java.net.URI;
import java.util.List;
import java.util.Map;
import propusk.domain.seal.Secret;

/// What an operator decides about the pages.
///
/// @param baseUrl where browsers reach us
/// @param telegramLinkBase such as `https://t.me`
/// @param bots by Telegram's id of the bot; the first one is named on pages that belong to no login
/// @param frameAncestors CSP sources of those who may frame the Mini App, such as
///   `https://web.telegram.org` or `'self'`
/// @param allowedOrigins whose pages may send unsafe requests, besides our own
public record MiniAppConfig(
    URI baseUrl,
    URI telegramLinkBase,
    Map<Long, Bot> bots,
    List<String> frameAncestors,
    List<String> allowedOrigins) {

  /// @param username without the at sign
  public record Bot(String username, Secret token) {}
}
