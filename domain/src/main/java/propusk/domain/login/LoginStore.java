package propusk.domain.login;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import propusk.domain.account.AccountId;
import propusk.domain.time.Times;
import propusk.domain.worker.WorkerId;

/// The rows of logins.
final class LoginStore {
  private static final String SELECT =
      """
      SELECT l.*, a.telegram_id, a.first_name, a.last_name, a.username, a.language,
             p.name AS plan_name, p.channels, p.posts_per_day, p.rag_per_day, p.ai_digests, p.duration_days
      FROM login l JOIN account a ON a.id = l.account_id LEFT JOIN plan p ON p.code = l.plan_code
      """;

  void insert(Handle handle, Login login) {
    handle
        .createUpdate(
            """
            INSERT INTO login (id, account_id, purpose, invite_id, plan_code, bot_id, chat_id, phase, created_at, deadline)
            VALUES (:id, :account, :purpose, :invite, :plan, :bot, :chat, :phase, :created, :deadline)
            """)
        .bind("id", login.id().value())
        .bind("account", login.account().id().value())
        .bind("purpose", LoginRow.purpose(login.purpose()))
        .bind(
            "invite",
            login.purpose() instanceof Purpose.FirstLogin(var invite) ? invite.value() : null)
        .bind("plan", login.plan().map(plan -> plan.code()).orElse(null))
        .bind("bot", login.botId())
        .bind("chat", login.chatId())
        .bind("phase", login.state().phase())
        .bind("created", Times.column(login.createdAt()))
        .bind("deadline", Times.column(login.deadline()))
        .execute();
  }

  Optional<Login> find(Handle handle, LoginId id) {
    return handle
        .createQuery(SELECT + "WHERE l.id = :id")
        .bind("id", id.value())
        .map(LoginRow::login)
        .findOne();
  }

  /// The login of a tab's bearer, if both belong together and the bearer still counts.
  Optional<Login> find(Handle handle, LoginId id, byte[] bearerHash, Instant now) {
    return handle
        .createQuery(
            SELECT
                + """
                WHERE l.id = :id AND EXISTS (SELECT 1 FROM login_page g
                  WHERE g.bearer_hash = :bearer AND g.login_id = l.id AND g.expires_at > :now)
                """)
        .bind("id", id.value())
        .bind("bearer", bearerHash)
        .bind("now", Times.column(now))
        .map(LoginRow::login)
        .findOne();
  }

  Optional<Login> lock(Handle handle, LoginId id) {
    return handle
        .createQuery(SELECT + "WHERE l.id = :id FOR UPDATE OF l")
        .bind("id", id.value())
        .map(LoginRow::login)
        .findOne();
  }

  /// Empty: another worker has taken it meanwhile.
  Optional<Login> lock(Handle handle, Claim claim) {
    return handle
        .createQuery(
            SELECT
                + "WHERE l.id = :id AND l.worker_id = :worker AND l.epoch = :epoch FOR UPDATE OF l")
        .bind("id", claim.login().id().value())
        .bind("worker", claim.worker().value())
        .bind("epoch", claim.epoch())
        .map(LoginRow::login)
        .findOne();
  }

  Optional<Login> lockLive(Handle handle, AccountId account) {
    return handle
        .createQuery(
            SELECT + "WHERE l.account_id = :account AND l.ended_at IS NULL FOR UPDATE OF l")
        .bind("account", account.value())
        .map(LoginRow::login)
        .findOne();
  }

  /// Live logins whose page is over, locked; those that another process is at are left to it.
  List<Login> lockOverdue(Handle handle, Instant now, int max) {
    return handle
        .createQuery(
            SELECT
                + """
                WHERE l.ended_at IS NULL AND l.phase <> 'finalizing' AND l.deadline <= :now
                ORDER BY l.deadline LIMIT :max FOR UPDATE OF l SKIP LOCKED
                """)
        .bind("now", Times.column(now))
        .bind("max", max)
        .map(LoginRow::login)
        .list();
  }

  /// Live logins whose scratch lies on a host where no worker has lived since `lostBefore`, locked.
  List<Login> lockHostLost(Handle handle, Instant lostBefore, int max) {
    return handle
        .createQuery(
            SELECT
                + """
                WHERE l.ended_at IS NULL AND l.scratch_host IS NOT NULL AND NOT EXISTS (
                  SELECT 1 FROM worker w WHERE w.host = l.scratch_host
                    AND (w.ended_at IS NULL OR w.ended_at > :lost) AND w.lease_until > :lost)
                LIMIT :max FOR UPDATE OF l SKIP LOCKED
                """)
        .bind("lost", Times.column(lostBefore))
        .bind("max", max)
        .map(LoginRow::login)
        .list();
  }

  /// Takes logins that wait for a worker, or whose worker is gone, for this one; none when its own
  /// lease is over, so that it does not take from itself what it still runs.
  List<Claim> claim(Handle handle, WorkerId worker, String host, Instant now, int max) {
    var ids =
        handle
            .createQuery(
                """
                UPDATE login SET worker_id = :worker, epoch = epoch + 1
                WHERE id IN (
                  SELECT l.id FROM login l LEFT JOIN worker w ON w.id = l.worker_id
                  WHERE ((l.ended_at IS NULL AND l.phase <> 'requested') OR l.scratch_path IS NOT NULL)
                    AND (l.worker_id IS NULL OR w.ended_at IS NOT NULL OR w.lease_until <= :now)
                    AND (l.scratch_host IS NULL OR l.scratch_host = :host)
                    AND EXISTS (SELECT 1 FROM worker me
                      WHERE me.id = :worker AND me.ended_at IS NULL AND me.lease_until > :now)
                  ORDER BY l.created_at LIMIT :max FOR UPDATE OF l SKIP LOCKED)
                RETURNING id
                """)
            .bind("worker", worker.value())
            .bind("host", host)
            .bind("now", Times.column(now))
            .bind("max", max)
            .mapTo(String.class)
            .list();
    return ids.isEmpty()
        ? List.of()
        : handle
            .createQuery(SELECT + "WHERE l.id = ANY(:ids) ORDER BY l.created_at")
            .bindArray("ids", String.class, ids)
            .map(LoginStore::claim)
            .list();
  }

  void save(Handle handle, Login login, Optional<Instant> endedAt) {
    var columns = LoginRow.columns(login.state());
    handle
        .createUpdate(
            """
            UPDATE login SET phase = :phase, version = :version, deadline = :deadline, ended_at = :ended,
              qr_seq = coalesce(:seq, qr_seq), qr_expires_at = :qrExpires, password_hint = :hint,
              tries_left = :tries, end_code = :end, retry_at = :retry
            WHERE id = :id
            """)
        .bind("phase", login.state().phase())
        .bind("version", login.version())
        .bind("deadline", Times.column(login.deadline()))
        .bind("ended", Times.column(endedAt))
        .bind("seq", columns.qrSeq().orElse(null))
        .bind("qrExpires", Times.column(columns.qrExpiresAt()))
        .bind("hint", columns.hint().orElse(null))
        .bind("tries", columns.triesLeft().orElse(null))
        .bind("end", columns.endCode().orElse(null))
        .bind("retry", Times.column(columns.retryAt()))
        .bind("id", login.id().value())
        .execute();
  }

  /// Something beside the state changed that pages show.
  void touch(Handle handle, LoginId id) {
    handle
        .createUpdate("UPDATE login SET version = version + 1 WHERE id = :id")
        .bind("id", id.value())
        .execute();
  }

  /// Whether the same person has another login under way: it is a later one.
  boolean hasNewer(Handle handle, Login login) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (SELECT 1 FROM login old JOIN login newer ON newer.account_id = old.account_id
              WHERE old.id = :id AND newer.ended_at IS NULL AND newer.id <> old.id)
            """)
        .bind("id", login.id().value())
        .mapTo(Boolean.class)
        .one();
  }

  /// False: the claim was lost.
  boolean saveScratch(Handle handle, Claim claim, Optional<Scratch> scratch) {
    return handle
            .createUpdate(
                """
                UPDATE login SET scratch_host = :host, scratch_path = :path, scratch_key = :key
                WHERE id = :id AND worker_id = :worker AND epoch = :epoch
                """)
            .bind("host", scratch.map(Scratch::host).orElse(null))
            .bind("path", scratch.map(Scratch::path).orElse(null))
            .bind("key", scratch.map(Scratch::sealedKey).orElse(null))
            .bind("id", claim.login().id().value())
            .bind("worker", claim.worker().value())
            .bind("epoch", claim.epoch())
            .execute()
        == 1;
  }

  List<String> scratchPaths(Handle handle, String host) {
    return handle
        .createQuery("SELECT scratch_path FROM login WHERE scratch_host = :host")
        .bind("host", host)
        .mapTo(String.class)
        .list();
  }

  /// Whether these init data were used for this login by a tab with another secret.
  boolean replayed(Handle handle, LoginId id, byte[] initDataHash, byte[] tabHash) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (SELECT 1 FROM login_page
              WHERE login_id = :id AND init_data_hash = :data AND tab_hash <> :tab)
            """)
        .bind("id", id.value())
        .bind("data", initDataHash)
        .bind("tab", tabHash)
        .mapTo(Boolean.class)
        .one();
  }

  void insertPage(
      Handle handle,
      LoginId id,
      byte[] bearerHash,
      byte[] tabHash,
      byte[] initDataHash,
      Instant now,
      Duration life) {
    handle
        .createUpdate(
            """
            INSERT INTO login_page (bearer_hash, login_id, tab_hash, init_data_hash, opened_at, expires_at)
            VALUES (:bearer, :id, :tab, :data, :now, :expires)
            """)
        .bind("bearer", bearerHash)
        .bind("id", id.value())
        .bind("tab", tabHash)
        .bind("data", initDataHash)
        .bind("now", Times.column(now))
        .bind("expires", Times.column(now.plus(life)))
        .execute();
  }

  private static Claim claim(ResultSet row, StatementContext context) throws SQLException {
    var host = row.getString("scratch_host");
    var path = row.getString("scratch_path");
    var key = row.getBytes("scratch_key");
    return new Claim(
        LoginRow.login(row, context),
        new WorkerId(row.getLong("worker_id")),
        row.getLong("epoch"),
        path == null ? Optional.empty() : Optional.of(new Scratch(host, path, key)));
  }
}
