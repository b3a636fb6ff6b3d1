package propusk.domain.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/// People, found or made by their Telegram id. Stateless; every call runs in the caller's
/// transaction.
public final class Accounts {

  /// The account of this profile, locked: made when it is new, brought up to date otherwise. A
  /// profile without a language keeps the one we know.
  public Account seen(Handle handle, TelegramProfile profile) {
    return seen(handle, profile, Language.EN);
  }

  /// The same where the profile names no language: somebody new gets the one they read here.
  public Account seen(Handle handle, TelegramProfile profile, Language read) {
    return seen(handle, profile, read, Optional.empty());
  }

  /// The same for who wrote to this bot, and so let it in: it tells them of what they did not ask
  /// for.
  public Account wrote(Handle handle, TelegramProfile profile, long botId) {
    return seen(handle, profile, Language.EN, Optional.of(botId));
  }

  /// A row that says all this already is locked and not written anew.
  private static Account seen(
      Handle handle, TelegramProfile profile, Language read, Optional<Long> bot) {
    return handle
        .createQuery(
            """
            WITH known AS (
              SELECT * FROM account
              WHERE telegram_id = :telegramId
                AND (first_name, last_name, username, language, bot_id) IS NOT DISTINCT FROM
                  (:firstName, :lastName, :username, coalesce(:language, language), coalesce(:bot, bot_id))
              FOR NO KEY UPDATE),
            written AS (
              INSERT INTO account (telegram_id, first_name, last_name, username, language, bot_id)
              SELECT :telegramId, :firstName, :lastName, :username, coalesce(:language, :read), :bot
              WHERE NOT EXISTS (SELECT 1 FROM known)
              ON CONFLICT (telegram_id) DO UPDATE SET
                first_name = excluded.first_name, last_name = excluded.last_name, username = excluded.username,
                language = coalesce(:language, account.language),
                bot_id = coalesce(excluded.bot_id, account.bot_id), updated_at = now()
              RETURNING *)
            SELECT * FROM known UNION ALL SELECT * FROM written
            """)
        .bind("telegramId", profile.id().value())
        .bind("firstName", profile.firstName())
        .bind("lastName", profile.lastName().orElse(null))
        .bind("username", profile.username().orElse(null))
        .bind("language", profile.language().map(Language::code).orElse(null))
        .bind("read", read.code())
        .bind("bot", bot.orElse(null))
        .map(Accounts::account)
        .one();
  }

  /// The account of this Telegram id, made from the profile when it is new and left as it is
  /// otherwise: for what somebody else than Telegram says of a person.
  public Account met(Handle handle, TelegramProfile profile) {
    handle
        .createUpdate(
            """
            INSERT INTO account (telegram_id, first_name, last_name, username, language)
            VALUES (:telegramId, :firstName, :lastName, :username, coalesce(:language, 'en'))
            ON CONFLICT (telegram_id) DO NOTHING
            """)
        .bind("telegramId", profile.id().value())
        .bind("firstName", profile.firstName())
        .bind("lastName", profile.lastName().orElse(null))
        .bind("username", profile.username().orElse(null))
        .bind("language", profile.language().map(Language::code).orElse(null))
        .execute();
    return find(handle, profile.id()).orElseThrow();
  }

  /// The bot that the person let in last.
  public Optional<Long> bot(Handle handle, AccountId account) {
    return handle
        .createQuery("SELECT bot_id FROM account WHERE id = :id AND bot_id IS NOT NULL")
        .bind("id", account.value())
        .mapTo(Long.class)
        .findOne();
  }

  /// Brings a known account's name up to date, as Telegram itself says it; somebody we do not know
  /// stays unknown.
  public void refresh(Handle handle, TelegramProfile profile) {
    handle
        .createUpdate(
            """
            UPDATE account SET first_name = :firstName, last_name = :lastName, username = :username, updated_at = now()
            WHERE telegram_id = :telegramId
              AND (first_name, last_name, username) IS DISTINCT FROM (:firstName, :lastName, :username)
            """)
        .bind("telegramId", profile.id().value())
        .bind("firstName", profile.firstName())
        .bind("lastName", profile.lastName().orElse(null))
        .bind("username", profile.username().orElse(null))
        .execute();
  }

  public Optional<Account> find(Handle handle, TelegramUserId id) {
    return handle
        .createQuery("SELECT * FROM account WHERE telegram_id = :id")
        .bind("id", id.value())
        .map(Accounts::account)
        .findOne();
  }

  public Account get(Handle handle, AccountId id) {
    return handle
        .createQuery("SELECT * FROM account WHERE id = :id")
        .bind("id", id.value())
        .map(Accounts::account)
        .one();
  }

  private static Account account(ResultSet row, StatementContext context) throws SQLException {
    return new Account(
        new AccountId(row.getLong("id")),
        new TelegramUserId(row.getLong("telegram_id")),
        row.getString("first_name"),
        Optional.ofNullable(row.getString("last_name")),
        Optional.ofNullable(row.getString("username")),
        Language.of(row.getString("language")));
  }
}
