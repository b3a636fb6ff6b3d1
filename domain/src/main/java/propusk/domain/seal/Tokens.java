package propusk.domain.seal;

import java.security.SecureRandom;
import java.util.Base64;

/// Random public ids and secret tokens, base64url without padding.
public final class Tokens {
  private final SecureRandom random;

  public Tokens(SecureRandom random) {
    this.random = random;
  }

  /// 128 random bits in 22 characters: a public id.
  public String id() {
    return base64url(16);
  }

  /// 256 random bits in 43 characters: a bearer, a cookie, a link.
  public Secret secret() {
    return new Secret(base64url(32));
  }

  public byte[] bytes(int count) {
    var bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private String base64url(int count) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(count));
  }
}
