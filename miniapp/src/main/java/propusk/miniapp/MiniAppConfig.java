package propusk.miniapp;

import java.net.URI;
import java.util.List;
import java.util.Map;
import propusk.domain.seal.Secret;
import propusk.miniapp.edge.Network;

/// What an operator decides about the pages.
///
/// @param baseUrl where browsers reach us
/// @param telegramLinkBase such as `https://t.me`
/// @param telegramOauthBase such as `https://oauth.telegram.org`
/// @param bots by Telegram's id of the bot; the first one is named on pages that belong to no login
/// @param frameAncestors CSP sources of those who may frame the Mini App, such as
///   `https://web.telegram.org` or `'self'`
/// @param allowedOrigins whose pages may send unsafe requests, besides our own
/// @param trustedProxies whose word on where a request came from is believed
/// @param passwordPages whether there are pages that take a two-step password
public record MiniAppConfig(
    URI baseUrl,
    URI telegramLinkBase,
    URI telegramOauthBase,
    Map<Long, Bot> bots,
    List<String> frameAncestors,
    List<String> allowedOrigins,
    List<Network> trustedProxies,
    boolean passwordPages) {

  /// The same with other bots.
  public MiniAppConfig with(Map<Long, Bot> others) {
    return new MiniAppConfig(
        baseUrl,
        telegramLinkBase,
        telegramOauthBase,
        others,
        frameAncestors,
        allowedOrigins,
        trustedProxies,
        passwordPages);
  }

  /// @param username without the at sign
  /// @param ours whether it is the service's own; an organization has its bot's token too, and
  ///   could sign anybody's init data with it
  public record Bot(String username, Secret token, boolean ours) {}
}
