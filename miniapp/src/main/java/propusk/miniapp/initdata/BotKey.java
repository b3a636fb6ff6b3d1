package propusk.miniapp.initdata;

import java.util.Optional;
import propusk.domain.seal.Hashes;
import propusk.domain.seal.Secret;

/// The key with which Telegram signs for a bot: init data with HMAC-SHA-256 of its token under
/// "WebAppData", a Login Widget's result with the token's SHA-256.
///
/// Made once per bot. A bot without a token has no key, so that nothing signed with an empty token
/// is ever accepted.
public final class BotKey {
  private static final byte[] WEB_APP_DATA = {'W', 'e', 'b', 'A', 'p', 'p', 'D', 'a', 't', 'a'};

  private final byte[] key;

  private BotKey(byte[] key) {
    this.key = key;
  }

  public static BotKey of(Secret token) {
    return new BotKey(Hashes.hmac(WEB_APP_DATA, token.value()));
  }

  public static BotKey ofWidget(Secret token) {
    return new BotKey(Hashes.sha256(token.value()));
  }

  /// The key for a token as configured; empty when the token is blank.
  public static Optional<BotKey> of(String token) {
    return token.isBlank() ? Optional.empty() : Optional.of(of(new Secret(token)));
  }

  byte[] sign(String dataCheckString) {
    return Hashes.hmac(key, dataCheckString);
  }

  @Override
  public String toString() {
    return "BotKey[…]";
  }
}
