package propusk.domain.session;

import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import propusk.domain.alert.AlertKind;
import propusk.domain.alert.Alerts;
import propusk.domain.notify.Channel;
import propusk.domain.notify.Notifications;
import propusk.domain.outbox.Notices;
import propusk.domain.time.Times;

/// How a saved session ends: its row, what its owner is told, what the operator is told, all in the
/// caller's transaction. The subscription stays.
final class SessionEnds {
  private final InstantSource clock;
  private final Notices notices;
  private final Alerts alerts;

  SessionEnds(InstantSource clock) {
    this.clock = clock;
    notices = new Notices(clock);
    alerts = new Alerts(clock);
  }

  /// @param owner where its owner is told, where there is such a chat
  private record Ending(
      SessionState before, Optional<String> logOutFor, Optional<Long> botId, long owner) {}

  /// False: the lease was lost and nothing was changed.
  boolean end(Handle handle, LeasedSession lease, SessionState found) {
    var ending = lock(handle, lease);
    if (ending.isEmpty()) return false;
    var before = ending.get();
    var state = before.before() == SessionState.LIVE ? found : afterLogOut(found);
    save(handle, lease, state);
    if (before.logOutFor().filter("newer_session"::equals).isEmpty()) {
      forgetBrowsers(handle, lease);
    }
    var id = lease.session().id().value();
    if (before.before() == SessionState.LIVE
        || before.logOutFor().filter("person"::equals).isPresent()) {
      before.botId().ifPresent(bot -> notices.sessionEnded(handle, bot, before.owner(), id));
    }
    Notifications.hint(handle, Channel.SESSION, id);
    TelegramSessions.hintOwner(handle, lease.session().account());
    alert(state).ifPresent(kind -> alerts.raise(handle, kind, id));
    return true;
  }

  /// Who wanted a session to end does not mind that Telegram ended it first.
  private static SessionState afterLogOut(SessionState found) {
    return switch (found) {
      case REVOKED, DEACTIVATED, ENDED -> SessionState.ENDED;
      case DUPLICATED, DAMAGED, QUARANTINED -> found;
      case LIVE, LOG_OUT_PENDING -> throw new IllegalArgumentException("no end: " + found);
    };
  }

  private static Optional<AlertKind> alert(SessionState state) {
    return switch (state) {
      case REVOKED -> Optional.of(AlertKind.SESSION_REVOKED);
      case DEACTIVATED -> Optional.of(AlertKind.SESSION_DEACTIVATED);
      case DUPLICATED -> Optional.of(AlertKind.SESSION_DUPLICATED);
      case DAMAGED -> Optional.of(AlertKind.SESSION_DAMAGED);
      case QUARANTINED -> Optional.of(AlertKind.SESSION_QUARANTINED);
      case ENDED -> Optional.empty();
      case LIVE, LOG_OUT_PENDING -> throw new IllegalArgumentException("no end: " + state);
    };
  }

  private static Optional<Ending> lock(Handle handle, LeasedSession lease) {
    return handle
        .createQuery(
            """
            SELECT s.state, s.log_out_for, a.bot_id, s.telegram_id
            FROM telegram_session s JOIN account a ON a.id = s.account_id
            WHERE s.id = :id AND s.worker_id = :worker AND s.epoch = :epoch FOR UPDATE OF s
            """)
        .bind("id", lease.session().id().value())
        .bind("worker", lease.worker().value())
        .bind("epoch", lease.epoch())
        .map((row, _) ->
            new Ending(
                SessionState.of(row.getString("state")),
                Optional.ofNullable(row.getString("log_out_for")),
                Optional.ofNullable(row.getObject("bot_id", Long.class)),
                row.getLong("telegram_id")))
        .findOne();
  }

  /// What a living session let in without a question is to be asked again.
  private void forgetBrowsers(Handle handle, LeasedSession lease) {
    handle
        .createUpdate(
            """
            UPDATE trusted_device SET revoked_at = :now, revoked_for = 'session_ended'
            WHERE account_id = :account AND revoked_at IS NULL
            """)
        .bind("now", Times.column(clock.instant()))
        .bind("account", lease.session().account().value())
        .execute();
  }

  /// Where the files are of no more use, they and their keys are erased.
  private void save(Handle handle, LeasedSession lease, SessionState state) {
    handle
        .createUpdate(
            """
            UPDATE telegram_session SET state = :state, worker_id = NULL, ended_at = coalesce(ended_at, :now),
              check_wanted_at = NULL,
              session_key = CASE WHEN :keep THEN session_key END,
              sealed = CASE WHEN :keep THEN sealed END,
              previous_session_key = CASE WHEN :keep THEN previous_session_key END,
              previous_sealed = CASE WHEN :keep THEN previous_sealed END
            WHERE id = :id
            """)
        .bind("state", state.code())
        .bind("keep", state.keepsFiles())
        .bind("now", Times.column(clock.instant()))
        .bind("id", lease.session().id().value())
        .execute();
  }
}
