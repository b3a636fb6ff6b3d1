package propusk.sandbox.botapi;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where a bot has its updates brought, as `setWebhook` left it.
///
/// @param secretToken shown at each delivery; without one nothing is shown
/// @see <a href="https://core.telegram.org/bots/api#setwebhook">setWebhook</a>
record Webhook(
    String url,
    @Nullable String secretToken,
    int maxConnections,
    boolean hasCertificate,
    @Nullable String ipAddress) {
  private static final int USUAL_CONNECTIONS = 40;
  private static final int MOST_CONNECTIONS = 100;
  private static final Set<Integer> PORTS = Set.of(443, 80, 88, 8443);

  /// What the parameters of `setWebhook` ask for; empty for an empty url, which means none.
  static Optional<Webhook> read(CallParameters parameters) {
    var url = parameters.text("url").orElse("");
    if (url.isEmpty()) {
      return Optional.empty();
    }
    check(url);
    var secret = parameters.text("secret_token").filter(text -> !text.isEmpty());
    secret.ifPresent(Webhook::checkSecret);
    return Optional.of(
        new Webhook(
            url,
            secret.orElse(null),
            Math.clamp(
                parameters.number("max_connections").orElse((long) USUAL_CONNECTIONS),
                1,
                MOST_CONNECTIONS),
            parameters.text("certificate").filter(text -> !text.isEmpty()).isPresent(),
            parameters.text("ip_address").filter(text -> !text.isEmpty()).orElse(null)));
  }

  /// The same place, and nothing shown there any more.
  Webhook withoutSecret() {
    return new Webhook(url, null, maxConnections, hasCertificate, ipAddress);
  }

  Webhook at(String otherUrl) {
    return new Webhook(otherUrl, secretToken, maxConnections, hasCertificate, ipAddress);
  }

  /// As `getWebhookInfo` tells it.
  String address() {
    var host = URI.create(url).getHost();
    boolean own = host.equals("localhost") || host.equals("[::1]");
    return ipAddress != null ? ipAddress : own ? "127.0.0.1" : host;
  }

  /// The real one takes https only; here a webhook on this machine may do without.
  private static void check(String url) {
    URI address;
    try {
      address = URI.create(url);
    } catch (IllegalArgumentException malformed) {
      throw BotApiError.badRequest("invalid webhook URL specified");
    }
    var host = address.getHost();
    if (host == null || address.getScheme() == null) {
      throw BotApiError.badRequest("invalid webhook URL specified");
    }
    if (Set.of("localhost", "127.0.0.1", "[::1]").contains(host)) {
      return;
    }
    if (!address.getScheme().equalsIgnoreCase("https")) {
      throw BotApiError.badRequest("bad webhook: An HTTPS URL must be provided for webhook");
    }
    if (!PORTS.contains(address.getPort() < 0 ? 443 : address.getPort())) {
      throw BotApiError.badRequest(
          "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443");
    }
  }

  private static void checkSecret(String secret) {
    if (secret.length() > 256) {
      throw BotApiError.badRequest("secret token is too long");
    }
    if (!secret.matches("[A-Za-z0-9_-]+")) {
      throw BotApiError.badRequest("secret token contains unallowed characters");
    }
  }

  /// Never the secret.
  @Override
  public String toString() {
    return "Webhook[" + url + "]";
  }
}
