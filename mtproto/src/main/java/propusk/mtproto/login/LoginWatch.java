package propusk.mtproto.login;

import java.time.Duration;
import java.util.Optional;
import propusk.domain.login.Failure;
import propusk.domain.login.Login;
import propusk.domain.login.LoginEvent;
import propusk.domain.login.LoginState;
import propusk.domain.login.Purpose;
import propusk.domain.seal.Secret;
import propusk.mtproto.client.AuthorizationState;
import propusk.mtproto.client.Signal;
import propusk.mtproto.client.TdRequest;
import propusk.mtproto.client.TdUpdate;
import propusk.mtproto.client.TelegramClient;

/// Shows in its row what a client waits for, a scan, a code, or a password, until somebody is in or
/// the login is over.
///
/// TDLib does not say when a link expires, and says nothing when a refresh fails: [#LINK_LIFE] by
/// our own clock. See [QR login](https://core.telegram.org/api/qr-login).
final class LoginWatch {
  private static final Duration LINK_LIFE = Duration.ofSeconds(30);

  /// Hints may be lost: the row is read this often anyway.
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  private final ClaimedLogin row;
  private final TelegramClient client;
  private final LoginTools tools;
  private final Runnable started;
  private final Question question;
  private boolean resumed;

  /// @param resumed the client was opened on an earlier run's files
  /// @param started called when the client is past its costly start, possibly again
  LoginWatch(
      ClaimedLogin row,
      TelegramClient client,
      LoginTools tools,
      boolean resumed,
      Runnable started) {
    this.row = row;
    this.client = client;
    this.tools = tools;
    this.resumed = resumed;
    this.started = started;
    this.question = new Question(row, client, tools.clock());
  }

  Turn untilTurn() throws InterruptedException {
    while (true) {
      var signal = client.next(HEARTBEAT);
      // A client that was told nothing for so long waits for Telegram: others may start meanwhile.
      if (signal.isEmpty()) started.run();
      var turn = turn(signal.orElseGet(Signal.RowChanged::new));
      if (turn.isPresent()) return turn.get();
    }
  }

  private Optional<Turn> turn(Signal signal) throws InterruptedException {
    return switch (signal) {
      case Signal.RowChanged _ -> rowChanged();
      case Signal.Refused(var error) -> question.refused(error);
      case Signal.Told(TdUpdate.Connection _) -> Optional.empty();
      case Signal.Told(TdUpdate.Authorization(var state)) -> told(state);
    };
  }

  private Optional<Turn> told(AuthorizationState state) throws InterruptedException {
    return switch (state) {
      case AuthorizationState.WaitTdlibParameters _,
          AuthorizationState.LoggingOut _,
          AuthorizationState.Closing _ ->
          Optional.empty();
      case AuthorizationState.WaitPhoneNumber _ -> begin();
      case AuthorizationState.WaitOtherDeviceConfirmation(var link) -> show(link);
      case AuthorizationState.WaitPassword(var hint) -> askPassword(hint);
      case AuthorizationState.WaitCode(var via, var length) -> askCode(via, length);
      case AuthorizationState.WaitRegistration _ -> refused(Failure.PHONE_UNKNOWN);
      case AuthorizationState.WaitOther _ -> refused(Failure.EXTRA_STEP);
      case AuthorizationState.Ready _ -> Optional.of(new Turn.SomebodyIn());
      case AuthorizationState.Closed _ -> refused(Failure.RUN_BROKEN);
    };
  }

  private Optional<Turn> rowChanged() throws InterruptedException {
    var login = row.look();
    if (!login.live()) return Optional.of(new Turn.RowEnded());
    question.answer(login);
    return Optional.empty();
  }

  /// Nobody is here yet, or nobody is left of an earlier run.
  private Optional<Turn> begin() throws InterruptedException {
    if (resumed) {
      resumed = false;
      var over = ended(row.apply(new LoginEvent.StartedOver()));
      if (over.isPresent()) return over;
    }
    if (!(row.asClaimed().purpose() instanceof Purpose.PhoneLogin)) {
      client.request(new TdRequest.RequestQrCodeAuthentication());
      return Optional.empty();
    }
    var number = row.phone();
    if (number.isEmpty()) return Optional.of(new Turn.RowEnded());
    client.request(new TdRequest.SetAuthenticationPhoneNumber(number.get().e164()));
    return Optional.empty();
  }

  private Optional<Turn> show(Secret link) throws InterruptedException {
    started.run();
    if (resumed && row.asClaimed().state() instanceof LoginState.AwaitingScan) {
      // The link that the row has already, with its true expiry: TDLib sends the next one by
      // itself.
      resumed = false;
      return Optional.empty();
    }
    return ended(row.linked(link, tools.clock().instant().plus(LINK_LIFE)));
  }

  private Optional<Turn> askPassword(Optional<String> hint) throws InterruptedException {
    started.run();
    return tools.rules().passwordPages()
        ? ask(new LoginEvent.PasswordAsked(hint))
        : refused(Failure.PASSWORD_PAGES_OFF);
  }

  private Optional<Turn> askCode(String via, int length) throws InterruptedException {
    started.run();
    return ask(new LoginEvent.CodeAsked(via, length));
  }

  private Optional<Turn> ask(LoginEvent event) throws InterruptedException {
    var again = resumed;
    resumed = false;
    return question.ask(event, again);
  }

  private static Optional<Turn> refused(Failure reason) {
    return Optional.of(new Turn.Refusal(new LoginEvent.Refused(reason)));
  }

  static Optional<Turn> ended(Login login) {
    return login.live() ? Optional.empty() : Optional.of(new Turn.RowEnded());
  }
}
