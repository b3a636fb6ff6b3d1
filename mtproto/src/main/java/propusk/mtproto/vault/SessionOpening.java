package propusk.mtproto.vault;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import propusk.domain.session.SessionState;
import propusk.mtproto.client.AuthorizationState;
import propusk.mtproto.client.Deadline;
import propusk.mtproto.client.Signal;
import propusk.mtproto.client.TdAnswer;
import propusk.mtproto.client.TdClient;
import propusk.mtproto.client.TdError;
import propusk.mtproto.client.TdRefused;
import propusk.mtproto.client.TdRequest;
import propusk.mtproto.client.TdSilent;
import propusk.mtproto.client.TdUpdate;
import propusk.mtproto.client.TelegramClient;
import propusk.mtproto.client.TelegramClients;
import propusk.mtproto.scratch.ScratchDirectory;

/// Opens session files and finds out whether they still are a session: TDLib says Ready for revoked
/// ones too, so only the network and an answer from the server count.
///
/// Why a session is over, TDLib tells the first request that travels and no other, and then drops
/// the key: so ours is put before those of its own.
final class SessionOpening {
  private static final Duration LOCAL = Duration.ofSeconds(10);
  private static final int UNAUTHORIZED = 401;
  private static final Duration SERVER = Duration.ofSeconds(15);

  private final TelegramClients clients;

  SessionOpening(TelegramClients clients) {
    this.clients = clients;
  }

  sealed interface Found {
    /// Works; the caller closes the client.
    record Live(TelegramClient client) implements Found {}

    /// Not a session any more; the client is Closed.
    record Over(SessionState state) implements Found {}

    /// These bytes are no session: another version may be.
    record Damaged() implements Found {}

    record Unreachable() implements Found {}
  }

  /// Whatever it finds but Live, the client is Closed when this returns.
  ///
  /// @throws propusk.mtproto.client.TdHung when TDLib does not even close
  Found open(ScratchDirectory scratch, SessionFiles files) throws InterruptedException {
    scratch.write(clients.binlog(scratch.path()), files.binlog());
    TelegramClients.Asking<TdAnswer.Sessions> opened;
    try {
      opened = clients.open(scratch.path(), files.databaseKey(), new TdRequest.GetActiveSessions());
    } catch (TdRefused e) {
      return new Found.Damaged();
    }
    var found = probe(opened.client(), opened.answer());
    if (!(found instanceof Found.Live)) opened.client().close();
    return found;
  }

  private Found probe(TelegramClient client, TdClient.Pending<TdAnswer.Sessions> answer)
      throws InterruptedException {
    var state = awaitAuthorization(client);
    if (state == null) return new Found.Unreachable();
    return switch (state) {
      case AuthorizationState.Ready _ -> askServer(client, answer);
      case AuthorizationState.LoggingOut _,
          AuthorizationState.Closing _,
          AuthorizationState.Closed _ ->
          askServer(client, answer);
      case AuthorizationState.WaitTdlibParameters _,
          AuthorizationState.WaitPhoneNumber _,
          AuthorizationState.WaitOtherDeviceConfirmation _,
          AuthorizationState.WaitPassword _,
          AuthorizationState.WaitCode _,
          AuthorizationState.WaitRegistration _,
          AuthorizationState.WaitOther _ ->
          new Found.Damaged();
    };
  }

  private @Nullable AuthorizationState awaitAuthorization(TelegramClient client)
      throws InterruptedException {
    var deadline = Deadline.after(LOCAL);
    while (!deadline.passed()) {
      if (client.next(deadline.left()).orElse(null)
              instanceof Signal.Told(TdUpdate.Authorization(var state))
          && !(state instanceof AuthorizationState.WaitTdlibParameters)) {
        return state;
      }
    }
    return null;
  }

  private Found askServer(TelegramClient client, TdClient.Pending<TdAnswer.Sessions> answer)
      throws InterruptedException {
    try {
      answer.await(SERVER);
      return awaitConnection(client) ? new Found.Live(client) : new Found.Unreachable();
    } catch (TdSilent e) {
      return new Found.Unreachable();
    } catch (TdRefused e) {
      return over(e.error());
    }
  }

  static Found over(TdError error) {
    return switch (error) {
      case TdError.SessionGone(var reason) ->
          new Found.Over(
              switch (reason) {
                case REVOKED -> SessionState.REVOKED;
                case DEACTIVATED -> SessionState.DEACTIVATED;
              });
      case TdError.AuthKeyDuplicated _ -> new Found.Over(SessionState.DUPLICATED);
      // So TDLib says to requests that were waiting while it learned that the key is not known any
      // more.
      case TdError.Other(var status, var _) when status == UNAUTHORIZED ->
          new Found.Over(SessionState.REVOKED);
      // The client was closed under the request: TDLib does so when the server knows the key no
      // more.
      case TdError.Aborted _ -> new Found.Over(SessionState.REVOKED);
      case TdError.FloodWait _,
          TdError.ApiIdRefused _,
          TdError.PasswordHashInvalid _,
          TdError.PasswordCheckStale _,
          TdError.PasswordFlood _,
          TdError.CodeInvalid _,
          TdError.CodeExpired _,
          TdError.PhoneNumberRefused _,
          TdError.WrongDatabaseKey _,
          TdError.Other _ ->
          new Found.Unreachable();
    };
  }

  private boolean awaitConnection(TelegramClient client) throws InterruptedException {
    var deadline = Deadline.after(SERVER);
    while (!deadline.passed() && !client.isClosed()) {
      if (client.next(deadline.left()).orElse(null)
              instanceof Signal.Told(TdUpdate.Connection(var ready))
          && ready) {
        return true;
      }
    }
    return false;
  }
}
