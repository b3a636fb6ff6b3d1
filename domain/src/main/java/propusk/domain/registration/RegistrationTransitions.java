package propusk.domain.registration;

import java.time.Instant;
import java.util.Optional;
import propusk.domain.account.AccountId;
import propusk.domain.registration.RegistrationState.Asked;
import propusk.domain.registration.RegistrationState.CodeSent;
import propusk.domain.registration.RegistrationState.ContactReceived;
import propusk.domain.registration.RegistrationState.Ended;
import propusk.domain.registration.RegistrationState.Expired;
import propusk.domain.registration.RegistrationState.Pending;
import propusk.domain.registration.RegistrationState.Registered;

/// Decides what a registration becomes.
final class RegistrationTransitions {
  private RegistrationTransitions() {}

  /// Empty: the event does not belong to this state, and nothing changes.
  ///
  /// @param codesLeft how many codes may still be made
  static Optional<RegistrationState> next(
      RegistrationState state, RegistrationEvent event, int codesLeft, Instant at) {
    return switch (event) {
      case RegistrationEvent.Opened(var by) ->
          state instanceof Pending ? Optional.of(new Asked(by)) : Optional.empty();
      case RegistrationEvent.ContactShared(var by) ->
          state instanceof Asked(var asked) && asked.equals(by)
              ? Optional.of(new ContactReceived(by))
              : Optional.empty();
      case RegistrationEvent.Vouched(var by) ->
          state instanceof Pending ? Optional.of(new ContactReceived(by)) : Optional.empty();
      case RegistrationEvent.CodeMade() -> codeMade(state, codesLeft, at);
      case RegistrationEvent.AnotherCodeWanted() ->
          state instanceof CodeSent(var by, var _, var left, var again)
                  && left > 0
                  && !at.isBefore(again)
              ? Optional.of(new ContactReceived(by))
              : Optional.empty();
      case RegistrationEvent.WrongCode() ->
          state instanceof CodeSent(var by, int tries, int left, var again) && tries > 0
              ? Optional.of(new CodeSent(by, tries - 1, left, again))
              : Optional.empty();
      case RegistrationEvent.RightCode() ->
          state instanceof CodeSent(var by, int tries, var _, var _) && tries > 0
              ? Optional.of(new Registered(by))
              : Optional.empty();
      case RegistrationEvent.TimeUp() ->
          state instanceof Ended ? Optional.empty() : Optional.of(new Expired());
    };
  }

  /// A message that had to be repeated carries a new code: nothing but its hash is kept.
  private static Optional<RegistrationState> codeMade(
      RegistrationState state, int codesLeft, Instant at) {
    return switch (state) {
      case ContactReceived(var by) -> Optional.of(sent(by, codesLeft, at));
      case CodeSent(var by, var _, var _, var _) -> Optional.of(sent(by, codesLeft, at));
      case Pending _, Asked _, Registered _, Expired _ -> Optional.empty();
    };
  }

  private static CodeSent sent(AccountId by, int codesLeft, Instant at) {
    return new CodeSent(by, Registrations.TRIES, codesLeft, at.plus(Registrations.SEND_AGAIN));
  }
}
