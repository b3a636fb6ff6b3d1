package propusk.domain.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/// People, found or made by their Telegram id. Stateless; every call runs in the caller's
/// transaction.
public final class Accounts {

  /// The account of this profile: made when it is new, brought up to date otherwise. A profile
  /// without a language keeps the one we know.
  public Account seen(Handle handle, TelegramProfile profile) {
    return seen(handle, profile, Language.EN);
  }

  /// The same where the profile names no language: somebody new gets the one they read here.
  public Account seen(Handle handle, TelegramProfile profile, Language read) {
    return handle
        .createQuery(
            """
            INSERT INTO account (telegram_id, first_name, last_name, username, language)
            VALUES (:telegramId, :firstName, :lastName, :username, coalesce(:language, :read))
            ON CONFLICT (telegram_id) DO UPDATE SET
              first_name = excluded.first_name, last_name = excluded.last_name, username = excluded.username,
              language = coalesce(:language, account.language), updated_at = now()
            RETURNING *
            """)
        .bind("telegramId", profile.id().value())
        .bind("firstName", profile.firstName())
        .bind("lastName", profile.lastName().orElse(null))
        .bind("username", profile.username().orElse(null))
        .bind("language", profile.language().map(Language::code).orElse(null))
        .bind("read", read.code())
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

  /// Notes that the person let this bot in: it tells them of what they did not ask for.
  public void wroteTo(Handle handle, AccountId account, long botId) {
    handle
        .createUpdate(
            "UPDATE account SET bot_id = :bot WHERE id = :id AND bot_id IS DISTINCT FROM :bot")
        .bind("bot", botId)
        .bind("id", account.value())
        .execute();
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
