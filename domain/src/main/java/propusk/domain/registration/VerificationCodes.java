package propusk.domain.registration;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;
import propusk.domain.seal.Hashes;
import propusk.domain.seal.Sealer;
import propusk.domain.seal.Secret;
import propusk.domain.seal.Tokens;

/// Codes of six digits. Only the HMAC of one is kept, bound to its registration.
final class VerificationCodes {
  private static final int COUNT = 1_000_000;

  // The largest multiple of a million below 2^31: what lies beyond would favour small codes.
  private static final int FAIR = Integer.MAX_VALUE / COUNT * COUNT;

  private final byte[] key;
  private final Tokens tokens;

  VerificationCodes(Sealer sealer, Tokens tokens) {
    this.key = sealer.macKey("registration_code");
    this.tokens = tokens;
  }

  Secret random() {
    int number;
    do {
      number = ByteBuffer.wrap(tokens.bytes(Integer.BYTES)).getInt() & Integer.MAX_VALUE;
    } while (number >= FAIR);
    return new Secret("%06d".formatted(number % COUNT));
  }

  byte[] hash(RegistrationId id, Secret code) {
    return Hashes.hmac(key, id.value() + "/" + code.value());
  }

  boolean fits(RegistrationId id, Secret code, byte[] hash) {
    return MessageDigest.isEqual(hash(id, code), hash);
  }

  /// As people type it, with spaces or a dash; empty when it cannot be one.
  static Optional<Secret> parse(String text) {
    var digits = text.length() > 32 ? "" : text.replaceAll("[\\s\\p{Pd}]", "");
    return digits.matches("\\d{6}") ? Optional.of(new Secret(digits)) : Optional.empty();
  }
}
