package propusk.domain.registration;

import java.time.Instant;
import propusk.domain.seal.Secret;

/// What came of a contact that an organization's own bot brought, with its service key.
public sealed interface VouchOutcome {
  /// @param code for that bot to say in its chat
  record CodeMade(Registration registration, Secret code) implements VouchOutcome {}

  /// There is no such registration, it is over, or somebody has taken it up.
  record Gone() implements VouchOutcome {}

  record Closed(Instant until) implements VouchOutcome {}
}
