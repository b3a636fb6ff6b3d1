package propusk.miniapp.initdata;

import java.time.Instant;

/// What a check of init data found.
public sealed interface InitDataResult {
  record Verified(InitData data) implements InitDataResult {}

  /// Signed by Telegram, but too long ago.
  record Stale(Instant signedAt) implements InitDataResult {}

  record Invalid(Reason reason) implements InitDataResult {}

  /// For logs and tests; a client hears only that it is invalid.
  enum Reason {
    EMPTY,
    TOO_LONG,
    MALFORMED,
    DUPLICATE_FIELD,
    NO_HASH,
    WRONG_HASH,
    NO_DATE,
    FROM_THE_FUTURE,
    NO_USER
  }
}
