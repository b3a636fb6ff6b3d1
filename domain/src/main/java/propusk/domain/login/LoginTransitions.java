package propusk.domain.login;

import java.util.Optional;
import propusk.domain.login.LoginEvent.Authorized;
import propusk.domain.login.LoginEvent.CodeAsked;
import propusk.domain.login.LoginEvent.CodeRefused;
import propusk.domain.login.LoginEvent.DeadlinePassed;
import propusk.domain.login.LoginEvent.Linked;
import propusk.domain.login.LoginEvent.Opened;
import propusk.domain.login.LoginEvent.PasswordAsked;
import propusk.domain.login.LoginEvent.PasswordRefused;
import propusk.domain.login.LoginEvent.Refused;
import propusk.domain.login.LoginEvent.StartedOver;
import propusk.domain.login.LoginEvent.Stopped;
import propusk.domain.login.LoginEvent.Stored;
import propusk.domain.login.LoginState.AwaitingCode;
import propusk.domain.login.LoginState.AwaitingPassword;
import propusk.domain.login.LoginState.AwaitingScan;
import propusk.domain.login.LoginState.Cancelled;
import propusk.domain.login.LoginState.Completed;
import propusk.domain.login.LoginState.Ended;
import propusk.domain.login.LoginState.Expired;
import propusk.domain.login.LoginState.Failed;
import propusk.domain.login.LoginState.Finalizing;
import propusk.domain.login.LoginState.Preparing;
import propusk.domain.login.LoginState.Requested;

/// The one place that decides what a login becomes. A late or impossible event leaves the state as
/// it is.
final class LoginTransitions {
  static final int PASSWORD_TRIES = 3;
  static final int CODE_TRIES = 3;

  private LoginTransitions() {}

  static LoginState next(LoginState state, LoginEvent event) {
    return switch (state) {
      case Requested _ ->
          switch (event) {
            case Opened _ -> new Preparing();
            case Stopped(var by) -> new Cancelled(by);
            case DeadlinePassed _ -> new Expired();
            case Refused refused -> failed(refused);
            // No worker runs it yet.
            case Linked _,
                PasswordAsked _,
                PasswordRefused _,
                CodeAsked _,
                CodeRefused _,
                Authorized _,
                Stored _,
                StartedOver _ ->
                state;
          };
      case Preparing _ ->
          switch (event) {
            case Linked(var expiresAt) -> new AwaitingScan(1, expiresAt);
            // The scan landed while no process lived: the re-opened client is further than the row.
            case PasswordAsked(var hint) -> new AwaitingPassword(hint, PASSWORD_TRIES);
            case CodeAsked(var via, int length) -> new AwaitingCode(via, length, CODE_TRIES);
            case Authorized _ -> new Finalizing();
            case Stopped(var by) -> new Cancelled(by);
            // No link in all that time.
            case DeadlinePassed _ -> new Failed(Failure.TELEGRAM_SILENT, Optional.empty());
            case Refused refused -> failed(refused);
            case Opened _, PasswordRefused _, CodeRefused _, Stored _, StartedOver _ -> state;
          };
      case AwaitingScan(int seq, var _) ->
          switch (event) {
            case Linked(var expiresAt) -> new AwaitingScan(seq + 1, expiresAt);
            case PasswordAsked(var hint) -> new AwaitingPassword(hint, PASSWORD_TRIES);
            case Authorized _ -> new Finalizing();
            case StartedOver _ -> new Preparing();
            case Stopped(var by) -> new Cancelled(by);
            case DeadlinePassed _ -> new Expired();
            case Refused refused -> failed(refused);
            case Opened _, PasswordRefused _, CodeAsked _, CodeRefused _, Stored _ -> state;
          };
      case AwaitingPassword(var hint, int triesLeft) ->
          switch (event) {
            case PasswordRefused _ when triesLeft > 1 -> new AwaitingPassword(hint, triesLeft - 1);
            case PasswordRefused _ -> new Failed(Failure.WRONG_PASSWORD, Optional.empty());
            case Authorized _ -> new Finalizing();
            case StartedOver _ -> new Preparing();
            case Stopped(var by) -> new Cancelled(by);
            case DeadlinePassed _ -> new Expired();
            case Refused refused -> failed(refused);
            // Asked again by a re-opened client: the tries stay counted.
            case PasswordAsked _, Opened _, Linked _, CodeAsked _, CodeRefused _, Stored _ -> state;
          };
      case AwaitingCode(var via, int length, int triesLeft) ->
          switch (event) {
            // Sent again, to a re-opened client or another way: the tries stay counted.
            case CodeAsked(var newVia, int newLength) ->
                new AwaitingCode(newVia, newLength, triesLeft);
            case CodeRefused _ when triesLeft > 1 -> new AwaitingCode(via, length, triesLeft - 1);
            case CodeRefused _ -> new Failed(Failure.WRONG_CODE, Optional.empty());
            case PasswordAsked(var hint) -> new AwaitingPassword(hint, PASSWORD_TRIES);
            case Authorized _ -> new Finalizing();
            case StartedOver _ -> new Preparing();
            case Stopped(var by) -> new Cancelled(by);
            case DeadlinePassed _ -> new Expired();
            case Refused refused -> failed(refused);
            case Opened _, Linked _, PasswordRefused _, Stored _ -> state;
          };
      case Finalizing _ ->
          switch (event) {
            case Stored _ -> new Completed();
            case Refused refused -> failed(refused);
            // The scan was accepted in time: neither a clock nor a second thought undoes it now.
            case DeadlinePassed _, Stopped _ -> state;
            // The re-opened client had nothing after all.
            case StartedOver _ -> new Preparing();
            case Opened _,
                Linked _,
                PasswordAsked _,
                PasswordRefused _,
                CodeAsked _,
                CodeRefused _,
                Authorized _ ->
                state;
          };
      case Ended _ -> state;
    };
  }

  private static LoginState failed(Refused refused) {
    return new Failed(refused.reason(), refused.retryAt());
  }
}
