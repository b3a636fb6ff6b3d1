package propusk.domain.registration;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import propusk.domain.account.AccountId;
import propusk.domain.account.PhoneHashes;
import propusk.domain.account.PhoneNumber;
import propusk.domain.organization.OrganizationId;
import propusk.domain.seal.Sealer;
import propusk.domain.seal.Tokens;
import propusk.domain.time.Times;

/// Who registered with a contact: one customer for each account, and another one for each
/// organization whose bot vouched for it. A number identifies nobody: whoever had it before stays
/// what they were.
final class Customers {
  private final Sealer sealer;
  private final PhoneHashes hashes;
  private final InstantSource clock;
  private final Tokens tokens;

  Customers(Sealer sealer, InstantSource clock, Tokens tokens) {
    this.sealer = sealer;
    this.hashes = new PhoneHashes(sealer);
    this.clock = clock;
    this.tokens = tokens;
  }

  /// Made, or brought up to date.
  ///
  /// @return its row's own id
  long seen(
      Handle handle,
      AccountId account,
      Optional<OrganizationId> vouchedBy,
      String name,
      PhoneNumber phone) {
    // Made first and filled then: the seal is bound to the name that the row keeps.
    var row =
        handle
            .createQuery(
                """
                INSERT INTO customer (public_id, account_id, organization_id, name, phone_hash, phone_sealed, created_at, updated_at)
                VALUES (:publicId, :account, :organization, :name, :hash, '', :now, :now)
                ON CONFLICT (account_id, organization_id) DO UPDATE SET
                  name = excluded.name, phone_hash = excluded.phone_hash, updated_at = excluded.updated_at
                RETURNING id, public_id
                """)
            .bind("publicId", tokens.id())
            .bind("account", account.value())
            .bind("organization", vouchedBy.map(OrganizationId::value).orElse(null))
            .bind("name", name)
            .bind("hash", hashes.of(phone))
            .bind("now", Times.column(clock.instant()))
            .map((each, _) -> new Row(each.getLong("id"), each.getString("public_id")))
            .one();
    handle
        .createUpdate("UPDATE customer SET phone_sealed = :sealed WHERE id = :id")
        .bind("sealed", sealer.seal(phone.e164().getBytes(UTF_8), associatedData(row.publicId())))
        .bind("id", row.id())
        .execute();
    return row.id();
  }

  PhoneNumber open(String publicId, byte[] sealed) {
    return new PhoneNumber(new String(sealer.open(sealed, associatedData(publicId)), UTF_8));
  }

  private record Row(long id, String publicId) {}

  private static String associatedData(String publicId) {
    return "customer/phone/" + publicId;
  }
}
