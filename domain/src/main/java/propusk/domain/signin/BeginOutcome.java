package propusk.domain.signin;

import java.time.Instant;

/// What came of a browser's wish to enter.
public sealed interface BeginOutcome {

  record Begun(SignIn signIn) implements BeginOutcome {}

  /// Too many were begun.
  record Limited(Instant until) implements BeginOutcome {}
}
