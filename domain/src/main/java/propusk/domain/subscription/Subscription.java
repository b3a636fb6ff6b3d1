package propusk.domain.subscription;

import java.time.Instant;
import java.util.Optional;
import propusk.domain.plan.Plan;

/// The plan an account has.
public record Subscription(Plan plan, Instant activatedAt, Optional<Instant> expiresAt) {

  public boolean active(Instant now) {
    return expiresAt.map(now::isBefore).orElse(true);
  }
}
