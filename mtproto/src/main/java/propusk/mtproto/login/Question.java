package propusk.mtproto.login;

import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.domain.login.Login;
import propusk.domain.login.LoginEvent;
import propusk.domain.login.LoginState.AwaitingCode;
import propusk.domain.login.LoginState.AwaitingPassword;
import propusk.domain.login.LoginState.AwaitingScan;
import propusk.domain.login.LoginState.Ended;
import propusk.domain.login.LoginState.Finalizing;
import propusk.domain.login.LoginState.Preparing;
import propusk.domain.login.LoginState.Requested;
import propusk.domain.seal.Secret;
import propusk.mtproto.client.TdError;
import propusk.mtproto.client.TdRequest;
import propusk.mtproto.client.TelegramClient;

/// The password or the code that Telegram waits for: asked in the row, handed in there, and given
/// to Telegram, one at a time.
///
/// What was taken from the row lives in this process only. When it dies before Telegram's answer,
/// the next run asks again and no try is counted.
final class Question {
  private static final Logger LOG = LoggerFactory.getLogger(Question.class);

  private final ClaimedLogin row;
  private final TelegramClient client;
  private final InstantSource clock;

  /// What was taken is at Telegram; its answer is still to come.
  private boolean checking;

  Question(ClaimedLogin row, TelegramClient client, InstantSource clock) {
    this.row = row;
    this.client = client;
    this.clock = clock;
  }

  /// Telegram has begun to wait for this.
  ///
  /// @param again an earlier run may have asked it before
  Optional<Turn> ask(LoginEvent question, boolean again) throws InterruptedException {
    checking = false;
    var login = row.apply(question);
    if (again && login.state().equals(row.asClaimed().state())) {
      login = row.askAgain();
    }
    if (login.live()) answer(login);
    return LoginWatch.ended(login);
  }

  /// Gives Telegram what was handed in, if anything was.
  void answer(Login login) throws InterruptedException {
    if (checking) return;
    var request =
        switch (login.state()) {
          case AwaitingPassword _ ->
              row.takePassword()
                  .map(Secret::value)
                  .<TdRequest<?>>map(TdRequest.CheckAuthenticationPassword::new);
          case AwaitingCode _ ->
              row.takeCode()
                  .map(Secret::value)
                  .<TdRequest<?>>map(TdRequest.CheckAuthenticationCode::new);
          case Requested _, Preparing _, AwaitingScan _, Finalizing _, Ended _ ->
              Optional.<TdRequest<?>>empty();
        };
    if (request.isPresent()) {
      checking = true;
      client.request(request.get());
    }
  }

  /// Telegram refused the last request: what was handed in, or another.
  Optional<Turn> refused(TdError error) throws InterruptedException {
    LOG.info("event=login_refused login={} error={}", row.asClaimed().id().value(), error);
    checking = false;
    var login = row.look();
    if (!login.live()) return Optional.of(new Turn.RowEnded());
    return switch (login.state()) {
      case AwaitingPassword(var _, int triesLeft) -> {
        if (error instanceof TdError.PasswordCheckStale) yield goOn(row.askAgain());
        yield error instanceof TdError.PasswordHashInvalid && triesLeft > 1
            ? goOn(row.apply(new LoginEvent.PasswordRefused()))
            : over(error);
      }
      case AwaitingCode(var _, var _, int triesLeft) ->
          error instanceof TdError.CodeInvalid && triesLeft > 1
              ? goOn(row.apply(new LoginEvent.CodeRefused()))
              : over(error);
      case Requested _, Preparing _, AwaitingScan _, Finalizing _, Ended _ -> over(error);
    };
  }

  private Optional<Turn> over(TdError error) {
    return Optional.of(new Turn.Refusal(Refusals.of(error, clock.instant())));
  }

  private Optional<Turn> goOn(Login login) {
    return LoginWatch.ended(login);
  }
}
