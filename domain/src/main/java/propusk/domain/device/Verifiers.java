package propusk.domain.device;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import propusk.domain.seal.Hashes;
import propusk.domain.seal.Secret;

/// The secrets of remembered browsers: the n-th of a family is an HMAC of both, so that a browser
/// whose answer was lost can be given the very same one again, and no row holds it.
final class Verifiers {
  private static final int LENGTH = 43;

  /// More than one every ten seconds of a cookie's life would be no person.
  private static final int MOST = 10_000;

  private final byte[] key;

  /// What a cookie consists of.
  record Shown(DeviceId device, Secret verifier) {
    byte[] hash() {
      return Hashes.sha256(verifier.value());
    }
  }

  Verifiers(byte[] key) {
    this.key = key;
  }

  /// Empty when it cannot be a cookie of ours.
  static Optional<Shown> parse(Secret cookie) {
    var text = cookie.value();
    boolean shaped =
        text.length() == DeviceId.LENGTH + 1 + LENGTH && text.charAt(DeviceId.LENGTH) == '.';
    return shaped
        ? DeviceId.parse(text.substring(0, DeviceId.LENGTH))
            .map(id -> new Shown(id, new Secret(text.substring(DeviceId.LENGTH + 1))))
        : Optional.empty();
  }

  static Secret cookie(DeviceId device, Secret verifier) {
    return new Secret(device.value() + "." + verifier.value());
  }

  Secret verifier(DeviceId device, int counter) {
    var mac = Hashes.hmac(key, device.value() + "/" + counter);
    return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(mac));
  }

  /// Whether this verifier once counted, before the one with this number.
  boolean once(Shown shown, int counter) {
    boolean found = false;
    for (int earlier = Math.max(0, counter - MOST); earlier < counter; earlier++) {
      found |=
          MessageDigest.isEqual(
              Hashes.sha256(verifier(shown.device(), earlier).value()), shown.hash());
    }
    return found;
  }
}
