package propusk.domain.signin;

import java.util.Locale;
import propusk.domain.signin.SignInState.Approved;
import propusk.domain.signin.SignInState.Denied;
import propusk.domain.signin.SignInState.Exchanged;
import propusk.domain.signin.SignInState.Expired;
import propusk.domain.signin.SignInState.Mismatched;
import propusk.domain.signin.SignInState.Opened;
import propusk.domain.signin.SignInState.Replaced;
import propusk.domain.signin.SignInState.Waiting;

/// How far a sign-in came, and why it came no farther, as operators count it.
public enum SignInStep {
  STARTED,
  OPENED,
  APPROVED,
  EXCHANGED,
  DENIED,
  MISMATCHED,
  REPLACED,
  /// Its time was over before anybody was asked.
  NEVER_OPENED,
  /// Somebody was asked and said nothing in time.
  NO_ANSWER,
  /// There was a yes, and the browser did not come back for it.
  NOT_COLLECTED;

  /// The name in metrics and on the command line.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static SignInStep of(SignInState before, SignInState after) {
    return switch (after) {
      case Waiting _ -> STARTED;
      case Opened _ -> OPENED;
      case Approved _ -> APPROVED;
      case Exchanged _ -> EXCHANGED;
      case Denied _ -> DENIED;
      case Mismatched _ -> MISMATCHED;
      case Replaced _ -> REPLACED;
      case Expired _ when before instanceof Approved -> NOT_COLLECTED;
      case Expired(var asked) -> asked.isPresent() ? NO_ANSWER : NEVER_OPENED;
    };
  }
}
