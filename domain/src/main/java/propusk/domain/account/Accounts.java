package propusk.domain.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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
  /// for. Only one of our own may ask them whether somebody may enter.
  public Account wrote(Handle handle, TelegramProfile profile, long botId) {
    return seen(handle, profile, Language.EN, Optional.of(botId));
  }

  /// A row that says all this already is locked and not written anew.
  private static Account seen(
      Handle handle, TelegramProfile profile, Language read, Optional<Long> bot) {
    return handle
        .createQuery(
            """
            WITH own AS (
              SELECT :bot AS id WHERE NOT EXISTS (
                SELECT 1 FROM bot WHERE id = :bot AND organization_id IS NOT NULL)),
            known AS (
              SELECT * FROM account
              WHERE telegram_id = :telegramId
                AND (first_name, last_name, username, language, bot_id, own_bot_id) IS NOT DISTINCT FROM
                  (:firstName, :lastName, :username, coalesce(:language, language), coalesce(:bot, bot_id),
                    coalesce((SELECT id FROM own), own_bot_id))
              FOR NO KEY UPDATE),
            written AS (
              INSERT INTO account (telegram_id, first_name, last_name, username, language, bot_id, own_bot_id)
              SELECT :telegramId, :firstName, :lastName, :username, coalesce(:language, :read), :bot,
                (SELECT id FROM own)
              WHERE NOT EXISTS (SELECT 1 FROM known)
              ON CONFLICT (telegram_id) DO UPDATE SET
                first_name = excluded.first_name, last_name = excluded.last_name, username = excluded.username,
                language = coalesce(:language, account.language),
                bot_id = coalesce(excluded.bot_id, account.bot_id),
                own_bot_id = coalesce(excluded.own_bot_id, account.own_bot_id), updated_at = now()
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
    var known =
        handle
            .createQuery("SELECT * FROM account WHERE telegram_id = :id FOR KEY SHARE")
            .bind("id", profile.id().value())
            .map(Accounts::account)
            .findOne();
    // Who was being erased until now is somebody new.
    return known.orElseGet(() -> met(handle, profile));
  }

  /// The account, kept from being erased until this transaction ends; empty when it is gone.
  /// Whoever goes on to lock other rows of the person's comes here first: their deletion holds the
  /// account and reaches for the rest.
  public Optional<Account> hold(Handle handle, AccountId id) {
    return handle
        .createQuery("SELECT * FROM account WHERE id = :id FOR KEY SHARE")
        .bind("id", id.value())
        .map(Accounts::account)
        .findOne();
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

  public Map<AccountId, Account> get(Handle handle, Collection<AccountId> ids) {
    return handle
        .createQuery("SELECT * FROM account WHERE id = ANY (:ids)")
        .bindArray("ids", Long.class, ids.stream().map(AccountId::value).toList())
        .map(Accounts::account)
        .collect(Collectors.toMap(Account::id, account -> account));
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
