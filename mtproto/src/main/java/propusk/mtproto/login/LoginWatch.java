package propusk.mtproto.login;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.domain.login.Failure;
import propusk.domain.login.Login;
import propusk.domain.login.LoginEvent;
import propusk.domain.login.LoginState;
import propusk.domain.seal.Secret;
import propusk.mtproto.client.AuthorizationState;
import propusk.mtproto.client.Signal;
import propusk.mtproto.client.TdError;
import propusk.mtproto.client.TdRequest;
import propusk.mtproto.client.TdUpdate;
import propusk.mtproto.client.TelegramClient;

/// Shows each link of a client in its row until somebody is in or the login is over.
///
/// TDLib does not say when a link expires, and says nothing when a refresh fails: [#LINK_LIFE] by
/// our own clock. See [QR login](https://core.telegram.org/api/qr-login).
final class LoginWatch {
  private static final Logger LOG = LoggerFactory.getLogger(LoginWatch.class);
  private static final Duration LINK_LIFE = Duration.ofSeconds(30);

  /// Hints may be lost: the row is read this often anyway.
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  private final ClaimedLogin row;
  private final TelegramClient client;
  private final LoginTools tools;
  private final Runnable started;
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
      case Signal.RowChanged _ -> ended(row.look());
      case Signal.Refused(var error) -> Optional.of(refusal(error));
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
      case AuthorizationState.WaitPhoneNumber _ -> requestQr();
      case AuthorizationState.WaitOtherDeviceConfirmation(var link) -> show(link);
      case AuthorizationState.WaitPassword _ -> refused(Failure.PASSWORD_PAGES_OFF);
      case AuthorizationState.WaitOther _ -> refused(Failure.EXTRA_STEP);
      case AuthorizationState.Ready _ -> Optional.of(new Turn.SomebodyIn());
      case AuthorizationState.Closed _ -> refused(Failure.RUN_BROKEN);
    };
  }

  private Optional<Turn> requestQr() throws InterruptedException {
    if (resumed) {
      resumed = false;
      var over = ended(row.apply(new LoginEvent.StartedOver()));
      if (over.isPresent()) return over;
    }
    client.request(new TdRequest.RequestQrCodeAuthentication());
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

  private Turn refusal(TdError error) {
    LOG.warn("event=login_refused login={} error={}", row.asClaimed().id().value(), error);
    var event =
        switch (error) {
          case TdError.FloodWait(var delay) ->
              new LoginEvent.Refused(Failure.FLOOD_WAIT, Optional.of(after(delay)));
          case TdError.ApiIdRefused _ -> new LoginEvent.Refused(Failure.API_REJECTED);
          case TdError.PhoneNumberRefused _ -> new LoginEvent.Refused(Failure.PHONE_BANNED);
          case TdError.PasswordHashInvalid _ -> new LoginEvent.Refused(Failure.WRONG_PASSWORD);
          case TdError.SessionGone _,
              TdError.AuthKeyDuplicated _,
              TdError.WrongDatabaseKey _,
              TdError.Aborted _,
              TdError.Other _ ->
              new LoginEvent.Refused(Failure.RUN_BROKEN);
        };
    return new Turn.Refusal(event);
  }

  private Instant after(Duration delay) {
    return tools.clock().instant().plus(delay);
  }

  private static Optional<Turn> refused(Failure reason) {
    return Optional.of(new Turn.Refusal(new LoginEvent.Refused(reason)));
  }

  private static Optional<Turn> ended(Login login) {
    return login.live() ? Optional.empty() : Optional.of(new Turn.RowEnded());
  }
}
