package propusk.sandbox.dc.login;

import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/// A token that a client shows as a QR code.
///
/// See <https://core.telegram.org/api/qr-login>.
///
/// @param name the token's bytes in URL-safe base64
/// @param holder the permanent key of the client that shows it
/// @param expiresAt by the world's clock
/// @param session the session that came of it, once somebody accepted
/// @param acceptedBy whoever accepted
/// @param imported whether a client showed it in the accepter's own data centre, if that is another
public record LoginToken(
    String name,
    long holder,
    Instant createdAt,
    Instant expiresAt,
    Optional<Long> session,
    Optional<Long> acceptedBy,
    boolean imported) {
  private static final String LINK = "tg://login?token=";

  public byte[] bytes() {
    return Base64.getUrlDecoder().decode(name);
  }

  public String link() {
    return LINK + name;
  }

  boolean isLive(Instant now) {
    return session.isEmpty() && now.isBefore(expiresAt);
  }

  LoginToken acceptedAs(long newSession, long person) {
    return new LoginToken(
        name, holder, createdAt, expiresAt, Optional.of(newSession), Optional.of(person), imported);
  }

  LoginToken asImported() {
    return new LoginToken(name, holder, createdAt, expiresAt, session, acceptedBy, true);
  }

  LoginToken expiredAt(Instant at) {
    return new LoginToken(name, holder, createdAt, at, session, acceptedBy, imported);
  }

  /// The token in a link, or a bare one; with or without padding.
  static String nameIn(String link) {
    var text = link.strip();
    var token = text.startsWith(LINK) ? text.substring(LINK.length()) : text;
    return token.replace("=", "").replace('+', '-').replace('/', '_');
  }
}
