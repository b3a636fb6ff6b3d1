package propusk.domain.signin;

import propusk.domain.account.AccountId;

/// What came of a browser that came back for its cookie.
public sealed interface ExchangeOutcome {

  /// It may enter as this account, this once.
  record Entered(SignIn signIn, AccountId account) implements ExchangeOutcome {}

  /// Nobody has said yes, or not any more.
  record NotApproved(SignIn signIn) implements ExchangeOutcome {}

  /// There is none, or not for this browser.
  record Unknown() implements ExchangeOutcome {}
}
