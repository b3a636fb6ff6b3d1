package propusk.miniapp.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import propusk.domain.seal.Hashes;
import propusk.domain.seal.Secret;

/// What a form sends along with its cookie: made from the cookie, so that only a page of ours in
/// that very browser can know it.
public final class FormTokens {
  /// The name of the hidden field.
  public static final String FIELD = "form_token";

  private FormTokens() {}

  public static String of(Secret cookie) {
    var hash = Hashes.sha256("form/" + cookie.value());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
  }

  public static boolean fits(Secret cookie, @Nullable String token) {
    return token != null
        && MessageDigest.isEqual(of(cookie).getBytes(UTF_8), token.getBytes(UTF_8));
  }
}
