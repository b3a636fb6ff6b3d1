package propusk.miniapp.phone;

import java.time.Instant;
import propusk.domain.login.Login;
import propusk.domain.seal.Secret;

/// What came of one step on the way in by phone and code.
sealed interface PhoneStep {

  /// A code was asked for; the browser is bound to its login by this cookie.
  record Begun(Login login, Secret cookie) implements PhoneStep {}

  /// A code or password was handed in.
  ///
  /// @param before the login as it was asking
  /// @param after the login as the worker left it, or as it still was when time ran out
  record HandedIn(Login before, Login after) implements PhoneStep {}

  /// The login does not ask for this, or not any more.
  record NotAsked(Login login) implements PhoneStep {}

  /// This browser gave no number, or another one.
  record Stranger() implements PhoneStep {}

  /// A limit is used up.
  record TooMany(Instant until) implements PhoneStep {}
}
