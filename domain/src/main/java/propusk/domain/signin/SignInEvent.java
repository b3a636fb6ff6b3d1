package propusk.domain.signin;

import propusk.domain.account.AccountId;

/// What can happen to a sign-in.
sealed interface SignInEvent {

  /// This person came by its link or code. It approves nothing.
  record Opened(AccountId by) implements SignInEvent {}

  /// This person picked the number that the page shows.
  record Confirmed(AccountId by) implements SignInEvent {}

  /// This person picked another number.
  record WrongNumber(AccountId by) implements SignInEvent {}

  /// This person says that it is not them.
  record Refused(AccountId by) implements SignInEvent {}

  /// The browser that began it came back for its cookie.
  record Exchanged() implements SignInEvent {}

  record DeadlinePassed() implements SignInEvent {}

  /// A newer question about the same number begins.
  record Superseded() implements SignInEvent {}
}
