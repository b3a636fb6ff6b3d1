package propusk.domain.login;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.domain.alert.AlertKind;
import propusk.domain.alert.Alerts;
import propusk.domain.invite.Invites;
import propusk.domain.login.LoginState.AwaitingCode;
import propusk.domain.login.LoginState.AwaitingPassword;
import propusk.domain.login.LoginState.AwaitingScan;
import propusk.domain.login.LoginState.Cancelled;
import propusk.domain.login.LoginState.CancelledBy;
import propusk.domain.login.LoginState.Completed;
import propusk.domain.login.LoginState.Ended;
import propusk.domain.login.LoginState.Failed;
import propusk.domain.login.LoginState.Finalizing;
import propusk.domain.login.LoginState.Preparing;
import propusk.domain.login.LoginState.Requested;
import propusk.domain.notify.Channel;
import propusk.domain.notify.Notifications;
import propusk.domain.outbox.Outbox;

/// The one door through which a login gets a new state: decide, store, release what it held, tell
/// the chat, and hint to whoever waits once the transaction commits. The caller holds the row's
/// lock.
final class LoginDoor {
  private static final Logger LOG = LoggerFactory.getLogger(LoginDoor.class);

  /// Who is asked for a password gets this long to type it.
  static final Duration PASSWORD_LIFE = Duration.ofMinutes(10);

  /// Who is asked for a code gets this long to find and type it.
  static final Duration CODE_LIFE = Duration.ofMinutes(5);

  private final LoginStore store;
  private final LoginSecrets secrets;
  private final Invites invites;
  private final Outbox outbox;
  private final InstantSource clock;
  private final Alerts alerts;

  LoginDoor(
      LoginStore store, LoginSecrets secrets, Invites invites, Outbox outbox, InstantSource clock) {
    this.store = store;
    this.secrets = secrets;
    this.invites = invites;
    this.outbox = outbox;
    this.clock = clock;
    this.alerts = new Alerts(clock);
  }

  /// @param locked the row, locked by this transaction
  /// @return the login after the event; the same one where the event changes nothing
  Login apply(Handle handle, Login locked, LoginEvent event) {
    var next = LoginTransitions.next(locked.state(), event);
    if (next.equals(locked.state())) {
      return locked;
    }
    var now = clock.instant();
    var waiting =
        locked.state() instanceof Requested && next instanceof Preparing
            ? Optional.of(now)
            : locked.waitingSince();
    var login = locked.next(next, deadline(locked, next, now), waiting);
    store.save(handle, login, now, next instanceof Ended ? Optional.of(now) : Optional.empty());
    forget(handle, locked, next);
    if (next instanceof Ended ended) {
      end(handle, login, ended);
    }
    Notifications.hint(handle, Channel.LOGIN, login.id().value());
    LOG.info(
        "event=login_moved login={} from={} to={} version={}",
        login.id().value(),
        locked.state().phase(),
        next.phase(),
        login.version());
    return login;
  }

  /// The same state once more, as a new version: whoever waits for an answer reads it again.
  Login repeat(Handle handle, Login locked) {
    var login = locked.next(locked.state(), locked.deadline(), locked.waitingSince());
    store.save(handle, login, clock.instant(), Optional.empty());
    Notifications.hint(handle, Channel.LOGIN, login.id().value());
    return login;
  }

  private static Instant deadline(Login locked, LoginState next, Instant now) {
    if (next instanceof AwaitingPassword && !(locked.state() instanceof AwaitingPassword)) {
      return now.plus(PASSWORD_LIFE);
    }
    if (next instanceof AwaitingCode && !(locked.state() instanceof AwaitingCode)) {
      return now.plus(CODE_LIFE);
    }
    return locked.deadline();
  }

  /// What the state before had sealed, and what was handed in for it too late.
  private void forget(Handle handle, Login locked, LoginState next) {
    switch (locked.state()) {
      case AwaitingScan _ when !(next instanceof AwaitingScan) ->
          secrets.delete(handle, locked.id(), LoginSecrets.Kind.LINK);
      case AwaitingPassword _ -> secrets.delete(handle, locked.id(), LoginSecrets.Kind.PASSWORD);
      case AwaitingCode _ -> secrets.delete(handle, locked.id(), LoginSecrets.Kind.CODE);
      case Requested _, Preparing _, AwaitingScan _, Finalizing _, Ended _ -> {}
    }
  }

  private void end(Handle handle, Login login, Ended ended) {
    secrets.delete(handle, login.id());
    if (ended instanceof Failed(var reason, _)) {
      alert(reason).ifPresent(kind -> alerts.raise(handle, kind, "login"));
    }
    if (!(ended instanceof Completed)
        && login.purpose() instanceof Purpose.FirstLogin(var invite)) {
      invites.release(handle, invite);
    }
    // The answer to the newer /login says it all.
    if (!(ended instanceof Cancelled(var by) && by == CancelledBy.NEWER_LOGIN)) {
      login
          .chat()
          .ifPresent(
              chat -> outbox.loginEnded(handle, chat.botId(), chat.chatId(), login.id().value()));
      if (ended instanceof Failed(var _, var retryAt) && login.chat().isPresent()) {
        var chat = login.chat().get();
        retryAt.ifPresent(
            at -> outbox.loginMayGoOn(handle, chat.botId(), chat.chatId(), login.id().value(), at));
      }
    }
  }

  /// What only the operator can mend; the person is told that the operator knows.
  private static Optional<AlertKind> alert(Failure reason) {
    if (reason == Failure.API_REJECTED) return Optional.of(AlertKind.API_REJECTED);
    if (reason == Failure.RUN_BROKEN) return Optional.of(AlertKind.RUN_BROKEN);
    return Optional.empty();
  }
}
