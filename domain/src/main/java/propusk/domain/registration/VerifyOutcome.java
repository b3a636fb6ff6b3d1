package propusk.domain.registration;

import java.time.Instant;
import propusk.domain.account.Account;
import propusk.domain.seal.Secret;

/// What came of a code that was typed in a browser.
public sealed interface VerifyOutcome {
  /// @param session the cookie that the browser is signed in with
  record Registered(Account account, CustomerId customer, Secret session)
      implements VerifyOutcome {}

  /// @param triesLeft 0: this code is dead
  record Wrong(int triesLeft) implements VerifyOutcome {}

  /// This browser has no registration that waits for a code.
  record NotAsked() implements VerifyOutcome {}

  /// Too many codes were typed.
  record Closed(Instant until) implements VerifyOutcome {}
}
