package propusk.domain.account;

import propusk.domain.seal.Hashes;
import propusk.domain.seal.Sealer;

/// The form in which phone numbers are compared and counted: HMAC-SHA-256 with SECRET_KEY, because
/// a plain hash of so few possible numbers could be searched through.
public final class PhoneHashes {
  private final byte[] key;

  /// @param sealer the one of SECRET_KEY
  public PhoneHashes(Sealer sealer) {
    key = sealer.macKey("phone");
  }

  /// 32 bytes, the same for the same number.
  public byte[] of(PhoneNumber number) {
    return Hashes.hmac(key, number.e164());
  }
}
