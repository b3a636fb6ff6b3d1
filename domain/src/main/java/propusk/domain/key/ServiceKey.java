package propusk.domain.key;

import java.time.Instant;
import java.util.Optional;
import propusk.domain.organization.OrganizationId;

/// A service key as an operator sees it: the key itself is shown once, when it is made.
///
/// @param hint its last four characters
public record ServiceKey(
    ServiceKeyId id,
    OrganizationId organization,
    String name,
    String hint,
    Instant createdAt,
    Optional<Instant> usedAt,
    Optional<Instant> revokedAt) {}
