package propusk.domain.signin;

import propusk.domain.account.AccountId;
import propusk.domain.signin.SignInEvent.Confirmed;
import propusk.domain.signin.SignInEvent.DeadlinePassed;
import propusk.domain.signin.SignInEvent.Refused;
import propusk.domain.signin.SignInEvent.Superseded;
import propusk.domain.signin.SignInEvent.WrongNumber;
import propusk.domain.signin.SignInState.Approved;
import propusk.domain.signin.SignInState.Denied;
import propusk.domain.signin.SignInState.Ended;
import propusk.domain.signin.SignInState.Exchanged;
import propusk.domain.signin.SignInState.Expired;
import propusk.domain.signin.SignInState.Mismatched;
import propusk.domain.signin.SignInState.Opened;
import propusk.domain.signin.SignInState.Replaced;
import propusk.domain.signin.SignInState.Waiting;

/// The one place that decides what a sign-in becomes. A late or impossible event, or one of
/// somebody who was not asked, leaves the state as it is.
final class SignInTransitions {
  private SignInTransitions() {}

  static SignInState next(SignInState state, SignInEvent event) {
    return switch (state) {
      case Waiting(var asks) ->
          switch (event) {
            // Who is asked already needs no link.
            case SignInEvent.Opened(var by) when asks.isEmpty() -> new Opened(by);
            case SignInEvent.Opened _ -> state;
            case Confirmed(var by) -> answered(state, by, new Approved(by));
            case WrongNumber(var by) -> answered(state, by, new Mismatched(by));
            case Refused(var by) -> answered(state, by, new Denied(by));
            case DeadlinePassed _ -> new Expired(asks);
            case Superseded _ -> new Replaced(asks);
            case SignInEvent.Exchanged _ -> state;
          };
      case Opened _ ->
          switch (event) {
            case Confirmed(var by) -> answered(state, by, new Approved(by));
            case WrongNumber(var by) -> answered(state, by, new Mismatched(by));
            case Refused(var by) -> answered(state, by, new Denied(by));
            case DeadlinePassed _ -> new Expired(state.account());
            case Superseded _ -> new Replaced(state.account());
            // Whoever came first is asked; a link that was passed on asks nobody else.
            case SignInEvent.Opened _, SignInEvent.Exchanged _ -> state;
          };
      case Approved(var by) ->
          switch (event) {
            case SignInEvent.Exchanged _ -> new Exchanged(by);
            case DeadlinePassed _ -> new Expired(state.account());
            // The answer was given.
            case SignInEvent.Opened _, Confirmed _, WrongNumber _, Refused _, Superseded _ -> state;
          };
      case Ended _ -> state;
    };
  }

  /// Only who is asked can answer.
  private static SignInState answered(SignInState state, AccountId by, SignInState answer) {
    return state.account().filter(by::equals).isPresent() ? answer : state;
  }
}
