package propusk.domain.invite;

import java.time.Instant;
import java.util.Optional;

/// An invite as an operator sees it.
public record Invite(
    InviteId id,
    String hint,
    String planCode,
    int maxUses,
    int used,
    int reserved,
    Optional<Instant> expiresAt,
    Optional<Instant> revokedAt) {

  public boolean expired(Instant now) {
    return expiresAt.map(at -> !now.isBefore(at)).orElse(false);
  }

  public boolean open(Instant now) {
    return revokedAt.isEmpty() && !expired(now) && used + reserved < maxUses;
  }
}
