package propusk.domain.login;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import propusk.domain.account.AccountId;
import propusk.domain.time.Times;

/// The rows of logins.
final class LoginStore {
  static final String SELECT =
      """
      SELECT l.*, a.telegram_id, a.first_name, a.last_name, a.username, a.language AS account_language,
             p.name AS plan_name, p.channels, p.posts_per_day, p.rag_per_day, p.ai_digests, p.duration_days
      FROM login l LEFT JOIN account a ON a.id = l.account_id LEFT JOIN plan p ON p.code = l.plan_code
      """;

  void insert(Handle handle, Login login) {
    handle
        .createUpdate(
            """
            INSERT INTO login (id, account_id, purpose, invite_id, plan_code, bot_id, chat_id, language, phone_hash,
              phase, created_at, deadline, waiting_since)
            VALUES (:id, :account, :purpose, :invite, :plan, :bot, :chat, :language, :phone,
              :phase, :created, :deadline, :waiting)
            """)
        .bind("id", login.id().value())
        .bind("account", login.account().map(account -> account.id().value()).orElse(null))
        .bind("purpose", LoginRow.purpose(login.purpose()))
        .bind(
            "invite",
            login.purpose() instanceof Purpose.FirstLogin(var invite) ? invite.value() : null)
        .bind("plan", login.plan().map(plan -> plan.code()).orElse(null))
        .bind("bot", login.chat().map(LoginChat::botId).orElse(null))
        .bind("chat", login.chat().map(LoginChat::chatId).orElse(null))
        .bind("language", login.language().code())
        .bind("phone", login.purpose() instanceof Purpose.PhoneLogin(var phone) ? phone : null)
        .bind("phase", login.state().phase())
        .bind("created", Times.column(login.createdAt()))
        .bind("deadline", Times.column(login.deadline()))
        .bind("waiting", Times.column(login.waitingSince()))
        .execute();
  }

  Optional<Login> find(Handle handle, LoginId id) {
    return handle
        .createQuery(SELECT + "WHERE l.id = :id")
        .bind("id", id.value())
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

  /// Whether the same account has a login that began later.
  boolean newer(Handle handle, Login login) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (SELECT 1 FROM login later JOIN login this ON this.id = :id
              WHERE later.account_id = this.account_id AND later.created_at > this.created_at)
            """)
        .bind("id", login.id().value())
        .mapTo(Boolean.class)
        .one();
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

  /// The live login that this person asked for in a chat.
  Optional<Login> lockLive(Handle handle, AccountId account) {
    return handle
        .createQuery(
            SELECT
                + """
                WHERE l.account_id = :account AND l.ended_at IS NULL AND l.purpose <> 'phone_login' FOR UPDATE OF l
                """)
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
                WHERE l.ended_at IS NULL AND l.phase <> 'finalizing' AND l.waiting_since IS NULL AND l.deadline <= :now
                ORDER BY l.deadline LIMIT :max FOR UPDATE OF l SKIP LOCKED
                """)
        .bind("now", Times.column(now))
        .bind("max", max)
        .map(LoginRow::login)
        .list();
  }

  /// Live logins that have waited for a place since before `since`, locked.
  List<Login> lockUnplaced(Handle handle, Instant since, int max) {
    return handle
        .createQuery(
            SELECT
                + """
                WHERE l.ended_at IS NULL AND l.waiting_since <= :since
                ORDER BY l.waiting_since LIMIT :max FOR UPDATE OF l SKIP LOCKED
                """)
        .bind("since", Times.column(since))
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

  void save(Handle handle, Login login, Instant now, Optional<Instant> endedAt) {
    var columns = LoginColumns.of(login.state());
    handle
        .createUpdate(
            """
            UPDATE login SET phase = :phase, version = :version, deadline = :deadline, ended_at = :ended,
              waiting_since = :waiting, qr_seq = coalesce(:seq, qr_seq), qr_expires_at = :qrExpires,
              password_hint = :hint, tries_left = :tries, code_via = :via, code_length = :length,
              end_code = :end, retry_at = :retry,
              opened_at = coalesce(opened_at, CASE WHEN :phase = 'preparing' THEN :now END),
              scanned_at = coalesce(scanned_at, CASE
                WHEN :phase IN ('awaiting_password', 'finalizing') OR :end = 'wrong_account' THEN :now END)
            WHERE id = :id
            """)
        .bind("phase", login.state().phase())
        .bind("version", login.version())
        .bind("deadline", Times.column(login.deadline()))
        .bind("now", Times.column(now))
        .bind("ended", Times.column(endedAt))
        .bind("waiting", Times.column(login.waitingSince()))
        .bind("seq", columns.qrSeq().orElse(null))
        .bind("qrExpires", Times.column(columns.qrExpiresAt()))
        .bind("hint", columns.hint().orElse(null))
        .bind("tries", columns.triesLeft().orElse(null))
        .bind("via", columns.codeVia().orElse(null))
        .bind("length", columns.codeLength().orElse(null))
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

  /// Telegram has let this account in.
  void saveAccount(Handle handle, LoginId id, AccountId account) {
    handle
        .createUpdate("UPDATE login SET account_id = :account WHERE id = :id")
        .bind("account", account.value())
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
}
