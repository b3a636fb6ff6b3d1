package propusk.miniapp.initdata;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import propusk.domain.account.TelegramProfile;
import propusk.domain.seal.Hashes;
import propusk.miniapp.initdata.InitDataResult.Invalid;
import propusk.miniapp.initdata.InitDataResult.Reason;
import propusk.miniapp.initdata.InitDataResult.Stale;
import propusk.miniapp.initdata.InitDataResult.Verified;

/// What Telegram signs for a bot, whether a launch or a Login Widget's result: the signature is
/// checked before anything else in it is looked at, then its age.
final class SignatureCheck {
  private static final Duration MAX_AGE = Duration.ofMinutes(5);
  private static final Duration MAX_AHEAD = Duration.ofSeconds(30);
  // Telegram ids have at most 52 significant bits.
  private static final long MAX_ID = 1L << 52;

  private final InstantSource clock;

  SignatureCheck(InstantSource clock) {
    this.clock = clock;
  }

  /// @param user reads who it is about; empty where that cannot be told
  InitDataResult check(
      InitDataFields fields, BotKey key, Function<InitDataFields, Optional<TelegramProfile>> user) {
    var hash = fields.find("hash").flatMap(SignatureCheck::hash);
    if (hash.isEmpty()) {
      return new Invalid(Reason.NO_HASH);
    }
    var signed = fields.dataCheckString();
    if (!MessageDigest.isEqual(key.sign(signed), hash.get())) {
      return new Invalid(Reason.WRONG_HASH);
    }
    var signedAt = fields.find("auth_date").flatMap(SignatureCheck::date);
    if (signedAt.isEmpty()) {
      return new Invalid(Reason.NO_DATE);
    }
    var now = clock.instant();
    if (signedAt.get().isAfter(now.plus(MAX_AHEAD))) {
      return new Invalid(Reason.FROM_THE_FUTURE);
    }
    if (signedAt.get().isBefore(now.minus(MAX_AGE))) {
      return new Stale(signedAt.get());
    }
    return user.apply(fields)
        .<InitDataResult>map(
            profile -> new Verified(new InitData(profile, signedAt.get(), fingerprint(signed))))
        .orElseGet(() -> new Invalid(Reason.NO_USER));
  }

  /// Whether a person may have this id.
  static boolean isPerson(long id) {
    return id > 0 && id <= MAX_ID;
  }

  private static String fingerprint(String signed) {
    return HexFormat.of().formatHex(Hashes.sha256(signed));
  }

  private static Optional<byte[]> hash(String text) {
    var lowerCaseHex = text.length() == 64 && text.chars().allMatch(SignatureCheck::isLowerHex);
    return lowerCaseHex ? Optional.of(HexFormat.of().parseHex(text)) : Optional.empty();
  }

  private static boolean isLowerHex(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }

  private static Optional<Instant> date(String text) {
    var digits =
        !text.isEmpty() && text.length() <= 11 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits ? Optional.of(Instant.ofEpochSecond(Long.parseLong(text))) : Optional.empty();
  }
}
