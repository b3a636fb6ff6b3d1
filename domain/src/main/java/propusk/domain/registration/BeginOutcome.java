package propusk.domain.registration;

import java.time.Instant;
import propusk.domain.seal.Secret;

/// What came of beginning a registration.
public sealed interface BeginOutcome {
  /// @param cookie who has it goes on with it
  record Begun(Registration registration, Secret cookie) implements BeginOutcome {}

  /// Too many began.
  record Closed(Instant until) implements BeginOutcome {}
}
