package propusk.domain.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.jdbi.v3.core.Handle;
import propusk.domain.seal.Sealer;

/// The numbers that Telegram showed us: found by keyed hash, readable for their owner only. A
/// number identifies nobody: it is the last account's that was seen with it.
public final class AccountPhones {
  private final Sealer sealer;
  private final PhoneHashes hashes;

  /// @param sealer the one of SECRET_KEY
  public AccountPhones(Sealer sealer) {
    this.sealer = sealer;
    this.hashes = new PhoneHashes(sealer);
  }

  /// Telegram has just shown this number as the account's.
  public void remember(Handle handle, AccountId account, PhoneNumber number) {
    var hash = hashes.of(number);
    handle
        .createUpdate(
            """
            UPDATE account SET phone_hash = NULL, phone_sealed = NULL WHERE phone_hash = :hash AND id <> :id
            """)
        .bind("hash", hash)
        .bind("id", account.value())
        .execute();
    handle
        .createUpdate(
            "UPDATE account SET phone_hash = :hash, phone_sealed = :sealed WHERE id = :id")
        .bind("hash", hash)
        .bind("sealed", sealer.seal(number.e164().getBytes(UTF_8), associatedData(account)))
        .bind("id", account.value())
        .execute();
  }

  public Optional<PhoneNumber> find(Handle handle, AccountId account) {
    return handle
        .createQuery("SELECT phone_sealed FROM account WHERE id = :id AND phone_sealed IS NOT NULL")
        .bind("id", account.value())
        .map((row, _) -> row.getBytes("phone_sealed"))
        .findOne()
        .map(sealed ->
            new PhoneNumber(new String(sealer.open(sealed, associatedData(account)), UTF_8)));
  }

  /// Whose number this is as far as we know.
  public Optional<TelegramUserId> holder(Handle handle, byte[] hash) {
    return handle
        .createQuery("SELECT telegram_id FROM account WHERE phone_hash = :hash")
        .bind("hash", hash)
        .map((row, _) -> new TelegramUserId(row.getLong("telegram_id")))
        .findOne();
  }

  /// The same by the number itself.
  public Optional<TelegramUserId> holder(Handle handle, PhoneNumber number) {
    return holder(handle, hashes.of(number));
  }

  private static String associatedData(AccountId account) {
    return "account/phone/" + account.value();
  }
}
