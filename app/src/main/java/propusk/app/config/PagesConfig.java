package propusk.app.config;

import java.net.URI;
import java.util.List;

/// The pages: their public address, where we listen, and who may frame or call them.
///
/// @param botUsername named by links to the bot
/// @param linkBase what such links begin with
/// @param frameAncestors who may frame the Mini App besides Telegram's own web clients
public record PagesConfig(
    URI baseUrl,
    int port,
    String botUsername,
    URI linkBase,
    List<String> frameAncestors,
    List<String> allowedOrigins) {

  /// Only this machine reaches us when our public address is this machine.
  public boolean onLoopbackOnly() {
    var host = baseUrl.getHost();
    return "localhost".equals(host) || "127.0.0.1".equals(host);
  }
}
