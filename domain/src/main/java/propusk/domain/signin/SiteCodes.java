package propusk.domain.signin;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import propusk.domain.account.AccountId;
import propusk.domain.organization.OrganizationId;
import propusk.domain.seal.Hashes;
import propusk.domain.seal.Secret;
import propusk.domain.seal.Tokens;
import propusk.domain.time.Times;

/// One-time codes with which a sign-in on a page of another site ends: the page hands the code to
/// its backend, which exchanges it for the person with its organization's service key. So the page
/// never has to be believed who the person is. Stateless; every call runs in the caller's
/// transaction.
public final class SiteCodes {
  /// From the page to its backend and to us.
  public static final Duration LIFE = Duration.ofMinutes(2);

  private final InstantSource clock;
  private final Tokens tokens;

  public SiteCodes(InstantSource clock, Tokens tokens) {
    this.clock = clock;
    this.tokens = tokens;
  }

  /// The code of a sign-in that was exchanged just now.
  public Secret give(Handle handle, SignInId signIn) {
    var code = tokens.secret();
    handle
        .createUpdate(
            "INSERT INTO site_code (hash, sign_in_id, expires_at) VALUES (:hash, :signIn, :expires)")
        .bind("hash", Hashes.sha256(code.value()))
        .bind("signIn", signIn.value())
        .bind("expires", Times.column(clock.instant().plus(LIFE)))
        .execute();
    return code;
  }

  /// Whose code this is, once. Empty also for a key of another organization, and where the code
  /// comes from a page of another site than the backend says: a site that was handed somebody's
  /// code must not be able to use it up at another one.
  public Optional<AccountId> redeem(
      Handle handle, Secret code, OrganizationId organization, String origin) {
    return handle
        .createQuery(
            """
            UPDATE site_code c SET redeemed_at = :now FROM sign_in s
            WHERE c.hash = :hash AND c.redeemed_at IS NULL AND c.expires_at > :now AND s.id = c.sign_in_id
              AND s.organization_id = :organization AND s.origin = :origin
            RETURNING s.account_id
            """)
        .bind("now", Times.column(clock.instant()))
        .bind("hash", Hashes.sha256(code.value()))
        .bind("organization", organization.value())
        .bind("origin", origin)
        .mapTo(Long.class)
        .findOne()
        .map(AccountId::new);
  }
}
