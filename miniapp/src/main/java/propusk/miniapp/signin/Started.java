package propusk.miniapp.signin;

import java.time.Instant;
import java.util.Optional;
import propusk.domain.account.Account;
import propusk.domain.seal.Secret;
import propusk.domain.signin.SignIn;

/// What came of a browser's wish to enter.
///
/// `device` is the cookie that replaces the one it showed.
sealed interface Started {

  /// It is in.
  ///
  /// @param telegram whether Telegram answered; where it did not, what needs it is off
  record In(Account account, Secret session, Optional<Secret> device, boolean telegram)
      implements Started {}

  /// The person is proven, but no Telegram session of theirs lives: a code is needed, or a new
  /// connection.
  record Dead(Account account, Optional<Secret> device) implements Started {}

  /// Somebody may be asked in the bot.
  record Asked(SignIn signIn) implements Started {}

  record TooMany(Instant until) implements Started {}

  /// The browser is not known, and gave no number.
  record Unproven() implements Started {}
}
