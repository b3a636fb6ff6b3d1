package propusk.domain.login;

import java.time.Instant;
import propusk.domain.seal.Secret;

/// What came of using a page link, a page code or a password link.
public sealed interface LinkOutcome {

  /// @param cookie binds the browser to the login
  record Opened(Secret cookie) implements LinkOutcome {}

  /// It was used before, by this browser or another.
  record Spent() implements LinkOutcome {}

  /// Its login has gone on without it.
  ///
  /// @param newer whether the same person's phone shows another one by now
  record Old(boolean newer) implements LinkOutcome {}

  /// There is none like it.
  record Unknown() implements LinkOutcome {}

  /// Too many guesses; this one was not looked at.
  record Closed(Instant until) implements LinkOutcome {}
}
