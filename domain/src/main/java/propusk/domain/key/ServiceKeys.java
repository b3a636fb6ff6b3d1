package propusk.domain.key;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import propusk.domain.organization.OrganizationId;
import propusk.domain.seal.Hashes;
import propusk.domain.seal.Secret;
import propusk.domain.seal.Tokens;
import propusk.domain.time.Times;

/// Keys with which an organization's own sites and bots call us: each counts for its organization
/// only, until it is revoked. Stateless; every call runs in the caller's transaction.
public final class ServiceKeys {
  private static final String PREFIX = "pk_";
  private static final int HINT = 4;

  // Its last use is for an operator's eyes: once a minute is enough.
  private static final Duration USED_AGAIN = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final Tokens tokens;

  public ServiceKeys(InstantSource clock, Tokens tokens) {
    this.clock = clock;
    this.tokens = tokens;
  }

  /// A key that was just made.
  public record Made(ServiceKey key, Secret secret) {}

  /// Makes a key; it is shown this once and cannot be had again.
  public Made create(Handle handle, OrganizationId organization, String name) {
    var secret = new Secret(PREFIX + tokens.secret().value());
    var key =
        handle
            .createQuery(
                """
                INSERT INTO service_key (organization_id, name, hash, hint, created_at)
                VALUES (:organization, :name, :hash, :hint, :now) RETURNING *
                """)
            .bind("organization", organization.value())
            .bind("name", name)
            .bind("hash", Hashes.sha256(secret.value()))
            .bind("hint", secret.value().substring(secret.value().length() - HINT))
            .bind("now", Times.column(clock.instant()))
            .map(ServiceKeys::key)
            .one();
    return new Made(key, secret);
  }

  /// The key that this secret is, while it counts.
  public Optional<ServiceKey> check(Handle handle, Secret secret) {
    var found =
        handle
            .createQuery("SELECT * FROM service_key WHERE hash = :hash AND revoked_at IS NULL")
            .bind("hash", Hashes.sha256(secret.value()))
            .map(ServiceKeys::key)
            .findOne();
    found.ifPresent(key -> used(handle, key));
    return found;
  }

  /// Those of one organization, the oldest first, revoked ones too.
  public List<ServiceKey> list(Handle handle, OrganizationId organization) {
    return handle
        .createQuery("SELECT * FROM service_key WHERE organization_id = :organization ORDER BY id")
        .bind("organization", organization.value())
        .map(ServiceKeys::key)
        .list();
  }

  /// From now on it opens nothing. False: it did not count before either.
  public boolean revoke(Handle handle, ServiceKeyId id) {
    return handle
            .createUpdate(
                "UPDATE service_key SET revoked_at = :now WHERE id = :id AND revoked_at IS NULL")
            .bind("now", Times.column(clock.instant()))
            .bind("id", id.value())
            .execute()
        == 1;
  }

  private void used(Handle handle, ServiceKey key) {
    var now = clock.instant();
    if (key.usedAt().filter(at -> at.plus(USED_AGAIN).isAfter(now)).isPresent()) {
      return;
    }
    handle
        .createUpdate("UPDATE service_key SET used_at = :now WHERE id = :id")
        .bind("now", Times.column(now))
        .bind("id", key.id().value())
        .execute();
  }

  private static ServiceKey key(ResultSet row, StatementContext context) throws SQLException {
    return new ServiceKey(
        new ServiceKeyId(row.getLong("id")),
        new OrganizationId(row.getLong("organization_id")),
        row.getString("name"),
        row.getString("hint"),
        Times.get(row, "created_at"),
        Times.find(row, "used_at"),
        Times.find(row, "revoked_at"));
  }
}
