package propusk.domain.registration;

import propusk.domain.account.AccountId;

/// What happens to a registration.
sealed interface RegistrationEvent {
  /// A person opened its link in the chat.
  record Opened(AccountId by) implements RegistrationEvent {}

  /// A person shared their own contact.
  record ContactShared(AccountId by) implements RegistrationEvent {}

  /// An organization's own bot brought this person's contact.
  record Vouched(AccountId by) implements RegistrationEvent {}

  record CodeMade() implements RegistrationEvent {}

  record AnotherCodeWanted() implements RegistrationEvent {}

  record WrongCode() implements RegistrationEvent {}

  record RightCode() implements RegistrationEvent {}

  record TimeUp() implements RegistrationEvent {}
}
