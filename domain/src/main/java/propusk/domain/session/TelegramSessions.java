package propusk.domain.session;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import propusk.domain.account.AccountId;
import propusk.domain.account.TelegramUserId;
import propusk.domain.notify.Channel;
import propusk.domain.notify.Notifications;
import propusk.domain.time.Times;
import propusk.domain.worker.WorkerId;

/// The vault's rows. A session is leased by one worker at a time; a lease ends when it is given
/// back, or with the lease of its worker's process.
public final class TelegramSessions {
  private final InstantSource clock;
  private final SessionEnds ends;

  public TelegramSessions(InstantSource clock) {
    this.clock = clock;
    this.ends = new SessionEnds(clock);
  }

  /// Stores a session that was just made. An earlier live one of the same account is set to be
  /// logged out.
  public void store(
      Handle handle,
      TelegramSessionId id,
      AccountId account,
      TelegramUserId owner,
      SealedSession sealed) {
    var now = Times.column(clock.instant());
    int replaced =
        handle
            .createUpdate(
                """
                UPDATE telegram_session SET state = 'log_out_pending', log_out_for = 'newer_session', ended_at = :now
                WHERE account_id = :account AND state = 'live'
                """)
            .bind("now", now)
            .bind("account", account.value())
            .execute();
    handle
        .createUpdate(
            """
            INSERT INTO telegram_session (id, account_id, telegram_id, state, session_key, sealed, created_at, checked_at)
            VALUES (:id, :account, :owner, 'live', :key, :sealed, :now, :now)
            """)
        .bind("id", id.value())
        .bind("account", account.value())
        .bind("owner", owner.value())
        .bind("key", sealed.sessionKey())
        .bind("sealed", sealed.sealed())
        .bind("now", now)
        .execute();
    if (replaced > 0) {
      Notifications.hint(handle, Channel.SESSION, "");
    }
    hintOwner(handle, account);
  }

  public Optional<TelegramSession> findLive(Handle handle, AccountId account) {
    return handle
        .createQuery(
            "SELECT * FROM telegram_session WHERE account_id = :account AND state = 'live'")
        .bind("account", account.value())
        .map(TelegramSessions::session)
        .findOne();
  }

  public Optional<TelegramSession> find(Handle handle, TelegramSessionId id) {
    return handle
        .createQuery("SELECT * FROM telegram_session WHERE id = :id")
        .bind("id", id.value())
        .map(TelegramSessions::session)
        .findOne();
  }

  /// The account's live session, or else the one that was made last.
  public Optional<TelegramSession> latest(Handle handle, AccountId account) {
    return handle
        .createQuery(
            """
            SELECT * FROM telegram_session WHERE account_id = :account
            ORDER BY state = 'live' DESC, created_at DESC, id LIMIT 1
            """)
        .bind("account", account.value())
        .map(TelegramSessions::session)
        .findOne();
  }

  /// Sets the account's live session to be logged out at its owner's wish; a worker does it and the
  /// owner is told. False: there is none.
  public boolean logOut(Handle handle, AccountId account) {
    return logOut(handle, account, "person");
  }

  /// The same because all of the person's data go: who is told of that is not told of this.
  public void logOutForDeletion(Handle handle, AccountId account) {
    logOut(handle, account, "deletion");
  }

  private boolean logOut(Handle handle, AccountId account, String why) {
    var id =
        handle
            .createQuery(
                """
                UPDATE telegram_session SET state = 'log_out_pending', log_out_for = :why, ended_at = :now,
                  check_wanted_at = NULL
                WHERE account_id = :account AND state = 'live' RETURNING id
                """)
            .bind("now", Times.column(clock.instant()))
            .bind("why", why)
            .bind("account", account.value())
            .mapTo(String.class)
            .findOne();
    id.ifPresent(ended -> Notifications.hint(handle, Channel.SESSION, ended));
    id.ifPresent(_ -> hintOwner(handle, account));
    return id.isPresent();
  }

  /// Asks for a check of the account's live session as soon as a worker has a hand free. False:
  /// there is none.
  public boolean requestCheck(Handle handle, AccountId account) {
    var id =
        handle
            .createQuery(
                """
                UPDATE telegram_session SET check_wanted_at = coalesce(check_wanted_at, :now)
                WHERE account_id = :account AND state = 'live' RETURNING id
                """)
            .bind("now", Times.column(clock.instant()))
            .bind("account", account.value())
            .mapTo(String.class)
            .findOne();
    id.ifPresent(wanted -> Notifications.hint(handle, Channel.SESSION, wanted));
    id.ifPresent(_ -> hintOwner(handle, account));
    return id.isPresent();
  }

  /// Sessions that wait to be logged out at Telegram.
  public List<TelegramSessionId> awaitingLogOut(Handle handle, int max) {
    return handle
        .createQuery(
            "SELECT id FROM telegram_session WHERE state = 'log_out_pending' ORDER BY ended_at"
                + " LIMIT :max")
        .bind("max", max)
        .map((row, _) -> new TelegramSessionId(row.getString("id")))
        .list();
  }

  /// Takes a session for this worker. Empty: there is none to open, a living worker has it, or this
  /// worker's own lease is over. A holder that was lost with the session open counts against it.
  public Optional<LeasedSession> lease(Handle handle, TelegramSessionId id, WorkerId worker) {
    return lease(handle, id, worker, Optional.empty());
  }

  /// The same for a check, unless somebody has made it meanwhile.
  public Optional<LeasedSession> lease(Handle handle, SessionChecks.Due due, WorkerId worker) {
    return lease(handle, due.id(), worker, Optional.of(due.version()));
  }

  private Optional<LeasedSession> lease(
      Handle handle, TelegramSessionId id, WorkerId worker, Optional<Integer> version) {
    return handle
        .createQuery(
            """
            UPDATE telegram_session s SET worker_id = :worker, epoch = epoch + 1,
              lost_uses = lost_uses + (SELECT count(*) FROM worker w
                WHERE w.id = s.worker_id AND (w.lost OR w.ended_at IS NULL))
            WHERE id = :id AND state IN ('live', 'log_out_pending')
              AND version = coalesce(CAST(:version AS int), version)
              AND (worker_id IS NULL OR NOT EXISTS (
                SELECT 1 FROM worker w WHERE w.id = s.worker_id AND w.ended_at IS NULL AND w.lease_until > :now))
              AND EXISTS (SELECT 1 FROM worker me WHERE me.id = :worker AND me.ended_at IS NULL AND me.lease_until > :now)
            RETURNING *
            """)
        .bind("worker", worker.value())
        .bind("version", version.orElse(null))
        .bind("id", id.value())
        .bind("now", Times.column(clock.instant()))
        .map(TelegramSessions::leased)
        .findOne();
  }

  /// Stores the files as they are after use, keeps the version before, and gives the session back.
  /// False: the lease was lost and nothing was changed.
  public boolean sealBack(Handle handle, LeasedSession lease, SealedSession sealed) {
    var state =
        handle
            .createQuery(
                """
                UPDATE telegram_session SET previous_session_key = session_key, previous_sealed = sealed,
                  session_key = :key, sealed = :sealed, version = version + 1, checked_at = :now, worker_id = NULL,
                  check_wanted_at = NULL, check_failures = 0, check_after = NULL, lost_uses = 0
                WHERE id = :id AND worker_id = :worker AND epoch = :epoch RETURNING state
                """)
            .bind("key", sealed.sessionKey())
            .bind("sealed", sealed.sealed())
            .bind("now", Times.column(clock.instant()))
            .bind("id", lease.session().id().value())
            .bind("worker", lease.worker().value())
            .bind("epoch", lease.epoch())
            .mapTo(String.class)
            .findOne();
    state.ifPresent(given -> hintLogOut(handle, lease, given));
    state.ifPresent(_ -> hintOwner(handle, lease.session().account()));
    return state.isPresent();
  }

  /// Its owner may be looking at it.
  static void hintOwner(Handle handle, AccountId account) {
    Notifications.hint(handle, Channel.ACCOUNT, Long.toString(account.value()));
  }

  /// Its owner ended it while it was in use: now its log-out can go on.
  private static void hintLogOut(Handle handle, LeasedSession lease, String state) {
    if (lease.session().state() == SessionState.LIVE && state.equals("log_out_pending")) {
      Notifications.hint(handle, Channel.SESSION, lease.session().id().value());
    }
  }

  /// Gives the session back as it was.
  public void release(Handle handle, LeasedSession lease) {
    handle
        .createUpdate(
            "UPDATE telegram_session SET worker_id = NULL WHERE id = :id AND worker_id = :worker"
                + " AND epoch = :epoch")
        .bind("id", lease.session().id().value())
        .bind("worker", lease.worker().value())
        .bind("epoch", lease.epoch())
        .execute();
  }

  /// Ends a leased session: its owner and the operator are told, the subscription stays; where its
  /// files are of no more use, they and their keys are erased. One that was to be logged out anyway
  /// has simply ended, whoever ended it.
  ///
  /// @return false: the lease was lost and nothing was changed
  public boolean end(Handle handle, LeasedSession lease, SessionState state) {
    return ends.end(handle, lease, state);
  }

  static TelegramSession session(ResultSet row, StatementContext context) throws SQLException {
    return new TelegramSession(
        new TelegramSessionId(row.getString("id")),
        new AccountId(row.getLong("account_id")),
        new TelegramUserId(row.getLong("telegram_id")),
        SessionState.of(row.getString("state")),
        row.getInt("version"),
        Times.get(row, "created_at"),
        Times.find(row, "checked_at"),
        Times.find(row, "check_wanted_at"),
        row.getInt("check_failures"),
        Times.find(row, "ended_at"));
  }

  private static LeasedSession leased(ResultSet row, StatementContext context) throws SQLException {
    var previousKey = Optional.ofNullable(row.getBytes("previous_session_key"));
    var previous = row.getBytes("previous_sealed");
    return new LeasedSession(
        session(row, context),
        new WorkerId(row.getLong("worker_id")),
        row.getLong("epoch"),
        row.getInt("lost_uses"),
        new SealedSession(row.getBytes("session_key"), row.getBytes("sealed")),
        previousKey.map(key -> new SealedSession(key, previous)));
  }
}
