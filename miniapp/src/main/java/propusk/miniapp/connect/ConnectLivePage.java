package propusk.miniapp.connect;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import propusk.domain.login.LoginState;
import propusk.domain.login.LoginState.AwaitingCode;
import propusk.domain.login.LoginState.AwaitingPassword;
import propusk.domain.login.LoginState.AwaitingScan;
import propusk.domain.login.LoginState.Completed;
import propusk.domain.login.LoginState.Ended;
import propusk.domain.login.LoginState.Finalizing;
import propusk.domain.login.LoginState.Preparing;
import propusk.domain.login.LoginState.Requested;
import propusk.miniapp.page.Shell;
import propusk.miniapp.page.Words;
import propusk.miniapp.qrauth.EndPart;

/// A login in an ordinary browser, in the state it is in; the script goes on from there.
///
/// @param view the login's JSON
/// @param token proves that a form was filled in here
/// @param host the address to be checked
public record ConnectLivePage(
    Shell shell,
    Holder holder,
    String view,
    LoginState state,
    Duration left,
    String token,
    String host,
    String scriptWords,
    String sample,
    List<EndPart> ends) {

  private static final int ALL_TRIES = 3;

  public Words words() {
    return shell.words();
  }

  public boolean hidden(String part) {
    return !part.equals(part(state));
  }

  /// The password's hint, where there is one.
  public Optional<String> hint() {
    return state instanceof AwaitingPassword(var hint, int _) ? hint : Optional.empty();
  }

  /// What to say of the passwords that Telegram has refused.
  public Optional<String> wrong() {
    return state instanceof AwaitingPassword(var _, int triesLeft) && triesLeft < ALL_TRIES
        ? Optional.of(words().say("password.wrong." + triesLeft))
        : Optional.empty();
  }

  /// The time left, `4:12`.
  public String clock() {
    return "%d:%02d".formatted(left.toMinutes(), left.toSecondsPart());
  }

  private static String part(LoginState state) {
    return switch (state) {
      case Requested _, Preparing _, AwaitingScan _ -> "scan";
      case AwaitingPassword _ -> "password";
      case AwaitingCode _ -> "scan";
      case Finalizing _ -> "finalizing";
      case Completed _ -> "completed";
      case Ended _ -> "end";
    };
  }
}
