package propusk.domain.deletion;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.domain.account.Account;
import propusk.domain.account.AccountId;
import propusk.domain.account.Language;
import propusk.domain.device.TrustedDevices;
import propusk.domain.login.Logins;
import propusk.domain.outbox.Notices;
import propusk.domain.session.TelegramSessions;
import propusk.domain.time.Times;
import propusk.domain.websession.WebSessions;

/// Erases all that we hold of a person at their wish: what runs is stopped and logged out at
/// Telegram first, however long that takes; then every row goes.
///
/// The counts of the invites they used stay, without a word of who. Stateless; every call runs in
/// the caller's transaction.
public final class Deletions {
  private static final Logger LOG = LoggerFactory.getLogger(Deletions.class);
  private static final int BATCH = 20;

  private final TelegramSessions sessions;
  private final Logins logins;
  private final TrustedDevices devices;
  private final WebSessions webSessions;
  private final Notices notices;
  private final InstantSource clock;

  public Deletions(
      TelegramSessions sessions,
      Logins logins,
      TrustedDevices devices,
      WebSessions webSessions,
      InstantSource clock) {
    this.sessions = sessions;
    this.logins = logins;
    this.devices = devices;
    this.webSessions = webSessions;
    this.notices = new Notices(clock);
    this.clock = clock;
  }

  private record Pending(
      AccountId account, long telegramId, Language language, long botId, long chatId) {}

  /// Begins, and shows every browser out: from now on it goes on by itself, by [#finish]. A second
  /// wish changes nothing but that.
  public void request(Handle handle, Account account, long botId, long chatId) {
    handle
        .createUpdate(
            """
            INSERT INTO deletion (account_id, bot_id, chat_id, requested_at)
            VALUES (:account, :bot, :chat, :now) ON CONFLICT DO NOTHING
            """)
        .bind("account", account.id().value())
        .bind("bot", botId)
        .bind("chat", chatId)
        .bind("now", Times.column(clock.instant()))
        .execute();
    // Forgotten before they are shown out: one that is being let in meanwhile is shown out too.
    devices.revokeAll(handle, account.id());
    webSessions.revokeAll(handle, account.id());
    stop(handle, account.id());
    LOG.info("event=deletion_requested account={}", account.id().value());
  }

  /// Since when a deletion is under way.
  public Optional<Instant> pending(Handle handle, AccountId account) {
    return handle
        .createQuery("SELECT requested_at FROM deletion WHERE account_id = :account")
        .bind("account", account.value())
        .map((row, _) -> Times.get(row, "requested_at"))
        .findOne();
  }

  /// Erases everybody of whom nothing is left at Telegram. Run every few seconds by any process.
  ///
  /// @return how many were erased
  public int finish(Handle handle) {
    int erased = 0;
    for (var pending : lockPending(handle)) {
      // A login that was just being finished has saved a session meanwhile.
      stop(handle, pending.account());
      if (!stillAtTelegram(handle, pending.account())) {
        erase(handle, pending);
        erased++;
      }
    }
    return erased;
  }

  private void stop(Handle handle, AccountId account) {
    logins.cancelLive(handle, account);
    sessions.logOutForDeletion(handle, account);
  }

  /// Accounts first, as everywhere.
  private static List<Pending> lockPending(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT a.id, a.telegram_id, a.language, d.bot_id, d.chat_id
            FROM deletion d JOIN account a ON a.id = d.account_id
            ORDER BY d.requested_at LIMIT :max FOR UPDATE OF a SKIP LOCKED
            """)
        .bind("max", BATCH)
        .map(Deletions::person)
        .list();
  }

  private static boolean stillAtTelegram(Handle handle, AccountId account) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (SELECT 1 FROM telegram_session
                WHERE account_id = :account AND state IN ('live', 'log_out_pending'))
              OR EXISTS (SELECT 1 FROM login
                WHERE account_id = :account AND (ended_at IS NULL OR scratch_path IS NOT NULL))
            """)
        .bind("account", account.value())
        .mapTo(Boolean.class)
        .one();
  }

  private void erase(Handle handle, Pending person) {
    var how = new HowDeleted(person.language(), leftover(handle, person.account()));
    notices.dataDeleted(handle, person.botId(), person.chatId(), how.text());
    var account = person.account().value();
    // Whoever shows browsers out locks them in this order and does not hold the account.
    for (var table : List.of("trusted_device", "web_session")) {
      erase(handle, "account", account, "DELETE FROM " + table + " WHERE account_id = :account");
    }
    // Also logins by their number that never learned whose it was.
    erase(
        handle,
        "account",
        account,
        """
        DELETE FROM login WHERE account_id = :account OR (ended_at IS NOT NULL AND scratch_path IS NULL
          AND account_id IS NULL AND phone_hash = (SELECT phone_hash FROM account WHERE id = :account))
        """);
    // Also questions about their number that were asked of nobody.
    erase(
        handle,
        "account",
        account,
        """
        DELETE FROM sign_in WHERE account_id = :account
          OR account_id IS NULL AND phone_hash = (SELECT phone_hash FROM account WHERE id = :account)
        """);
    for (var table : List.of("invite_redemption", "subscription", "telegram_session")) {
      erase(handle, "account", account, "DELETE FROM " + table + " WHERE account_id = :account");
    }
    // Their places at events become free; the rest that organizations know of them goes with the
    // account.
    erase(
        handle,
        "account",
        account,
        """
        UPDATE event SET taken = taken - 1 WHERE id IN (
          SELECT r.event_id FROM event_registration r JOIN participant p ON p.id = r.participant_id
          WHERE p.account_id = :account)
        """);
    // A private chat has its person's id. What is open there is about to be handled or sent.
    for (var table : List.of("inbox", "outbox")) {
      erase(
          handle,
          "person",
          person.telegramId(),
          "DELETE FROM " + table + " WHERE chat_id = :person AND state <> 'open'");
    }
    erase(
        handle, "person", person.telegramId(), "DELETE FROM blocked_chat WHERE chat_id = :person");
    erase(handle, "account", account, "DELETE FROM account WHERE id = :account");
    LOG.info("event=data_deleted account={}", person.account().value());
  }

  /// Sessions that are kept but cannot be opened could not be logged out.
  private static boolean leftover(Handle handle, AccountId account) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (SELECT 1 FROM telegram_session
              WHERE account_id = :account AND state IN ('duplicated', 'damaged', 'quarantined'))
            """)
        .bind("account", account.value())
        .mapTo(Boolean.class)
        .one();
  }

  private static void erase(Handle handle, String what, Object value, String sql) {
    handle.createUpdate(sql).bind(what, value).execute();
  }

  private static Pending person(ResultSet row, StatementContext context) throws SQLException {
    return new Pending(
        new AccountId(row.getLong("id")),
        row.getLong("telegram_id"),
        Language.of(row.getString("language")),
        row.getLong("bot_id"),
        row.getLong("chat_id"));
  }
}
