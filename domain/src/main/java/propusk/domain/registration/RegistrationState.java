package propusk.domain.registration;

import java.time.Instant;
import java.util.Optional;
import propusk.domain.account.AccountId;

/// Where a registration stands; its chart is in `registration-states.md`.
public sealed interface RegistrationState {

  /// The link to the bot is shown; nobody has opened it.
  record Pending() implements RegistrationState {}

  /// This person opened the link and was asked for their contact.
  record Asked(AccountId by) implements RegistrationState {}

  /// Their own contact came, and a code is on its way to the chat.
  record ContactReceived(AccountId by) implements RegistrationState {}

  /// The code is in the chat.
  ///
  /// @param triesLeft 0: it is dead, another one may be asked for
  /// @param maySendAgainAt when another one may be asked for
  record CodeSent(AccountId by, int triesLeft, int codesLeft, Instant maySendAgainAt)
      implements RegistrationState {}

  /// It is over.
  sealed interface Ended extends RegistrationState {}

  record Registered(AccountId by) implements Ended {}

  record Expired() implements Ended {}

  /// Who takes part from the chat.
  default Optional<AccountId> person() {
    return switch (this) {
      case Pending _, Expired _ -> Optional.empty();
      case Asked(var by) -> Optional.of(by);
      case ContactReceived(var by) -> Optional.of(by);
      case CodeSent(var by, var _, var _, var _) -> Optional.of(by);
      case Registered(var by) -> Optional.of(by);
    };
  }

  /// The name in rows and JSON, such as `code_sent`.
  default String phase() {
    return switch (this) {
      case Pending _ -> "pending";
      case Asked _ -> "asked";
      case ContactReceived _ -> "contact_received";
      case CodeSent _ -> "code_sent";
      case Registered _ -> "registered";
      case Expired _ -> "expired";
    };
  }
}
