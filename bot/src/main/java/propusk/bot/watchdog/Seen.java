package propusk.bot.watchdog;

import com.pengrad.telegrambot.model.WebhookInfo;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// What Telegram tells of a webhook. It never tells the secret, nor whether there is one.
///
/// @param url empty for none
/// @param kinds empty for Telegram's own choice
/// @see <a href="https://core.telegram.org/bots/api#webhookinfo">WebhookInfo</a>
public record Seen(
    String url,
    boolean certificate,
    int pending,
    Optional<Instant> lastErrorAt,
    Optional<String> lastError,
    int connections,
    Set<String> kinds,
    Optional<String> ipAddress) {

  static Seen of(WebhookInfo info) {
    return new Seen(
        Optional.ofNullable(info.url()).orElse(""),
        Boolean.TRUE.equals(info.hasCustomCertificate()),
        Optional.ofNullable(info.pendingUpdateCount()).orElse(0),
        Optional.ofNullable(info.lastErrorDate()).map(Instant::ofEpochSecond),
        Optional.ofNullable(info.lastErrorMessage()),
        Optional.ofNullable(info.maxConnections()).orElse(0),
        Optional.ofNullable(info.allowedUpdates()).map(Set::of).orElse(Set.of()),
        Optional.ofNullable(info.ipAddress()));
  }

  /// As it may be kept and told: whoever set another address may have written a secret into its
  /// path.
  String address(Expected expected) {
    if (expected instanceof Expected.At at && at.url().equals(url)) {
      return url;
    }
    try {
      var address = URI.create(url);
      return url.isEmpty() ? "" : address.getScheme() + "://" + address.getAuthority();
    } catch (IllegalArgumentException e) {
      return "unreadable";
    }
  }
}
