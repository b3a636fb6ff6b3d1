package propusk.domain.signin;

import java.util.Locale;
import java.util.Optional;
import propusk.domain.account.AccountId;

/// Where a sign-in is. `sign-in-states.md` beside this file draws them.
public sealed interface SignInState {

  /// Nobody has come to it in the bot.
  ///
  /// @param asks whom the bot asks all the same: the account with the number that was typed; a
  ///   browser cannot tell whether there is one
  record Waiting(Optional<AccountId> asks) implements SignInState {}

  /// This person followed its link and is asked; nobody else is any more.
  record Opened(AccountId by) implements SignInState {}

  /// This person picked the number: the browser that began it may enter.
  record Approved(AccountId by) implements SignInState {}

  /// It is over, and stays as it ended.
  sealed interface Ended extends SignInState {}

  /// The browser has entered.
  record Exchanged(AccountId by) implements Ended {}

  /// The person says that it is not them.
  record Denied(AccountId by) implements Ended {}

  /// The person picked another number than the page shows.
  record Mismatched(AccountId by) implements Ended {}

  /// @param asked who was asked, or even said yes, and the browser did not come back
  record Expired(Optional<AccountId> asked) implements Ended {}

  /// A newer question about the same number took its place.
  record Replaced(Optional<AccountId> asked) implements Ended {}

  /// Whom it concerns by now.
  default Optional<AccountId> account() {
    return switch (this) {
      case Waiting(var asks) -> asks;
      case Opened(var by) -> Optional.of(by);
      case Approved(var by) -> Optional.of(by);
      case Exchanged(var by) -> Optional.of(by);
      case Denied(var by) -> Optional.of(by);
      case Mismatched(var by) -> Optional.of(by);
      case Expired(var asked) -> asked;
      case Replaced(var asked) -> asked;
    };
  }

  /// The state's name in JSON and in rows, such as `waiting`.
  default String phase() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }
}
