package propusk.domain.signin;

import java.util.Base64;
import java.util.Optional;
import propusk.domain.seal.Hashes;
import propusk.domain.seal.Secret;

/// How the browser that began a sign-in is known again: only it may look at the sign-in and
/// exchange it.
public sealed interface BrowserProof {

  /// Our own page's, in an HttpOnly cookie.
  record Cookie(Secret value) implements BrowserProof {}

  /// Of a page of another origin, which keeps a verifier; while it begins it shows the verifier's
  /// SHA-256 only, as [RFC 7636](https://www.rfc-editor.org/rfc/rfc7636) does.
  record Verifier(String origin, Secret value) implements BrowserProof {}

  /// The other origin's challenge, before it shows its verifier.
  // An array in a record: it is carried, never compared.
  @SuppressWarnings("ArrayRecordComponent")
  record Challenge(String origin, byte[] sha256) implements BrowserProof {
    public Challenge {
      if (sha256.length != 32) {
        throw new IllegalArgumentException("a challenge has 32 bytes");
      }
    }

    /// Empty when the text is not 32 bytes in base64url.
    public static Optional<Challenge> parse(String origin, String text) {
      if (!text.matches("[A-Za-z0-9_-]{43}")) {
        return Optional.empty();
      }
      return Optional.of(new Challenge(origin, Base64.getUrlDecoder().decode(text)));
    }
  }

  /// What is stored of it.
  default byte[] hash() {
    return switch (this) {
      case Cookie(var value) -> Hashes.sha256(value.value());
      case Verifier(_, var value) -> Hashes.sha256(value.value());
      case Challenge(_, var sha256) -> sha256;
    };
  }

  /// The site it is for, where that is not ours.
  default Optional<String> site() {
    return switch (this) {
      case Cookie _ -> Optional.empty();
      case Verifier(var origin, _) -> Optional.of(origin);
      case Challenge(var origin, _) -> Optional.of(origin);
    };
  }
}
