package propusk.domain.magic;

import propusk.domain.seal.Secret;
import propusk.domain.signin.LocalPath;

/// What a link from the chat is good for, or what came of it.
public sealed interface MagicOutcome {
  /// It can be used.
  record Open(MagicLink link) implements MagicOutcome {}

  /// This browser used it just now.
  ///
  /// @param session the cookie that the browser is signed in with
  record Entered(Secret session, LocalPath redirect) implements MagicOutcome {}

  /// It was used before.
  record Spent(MagicLink link) implements MagicOutcome {}

  /// It was not used in time.
  record Old(MagicLink link) implements MagicOutcome {}

  record Unknown() implements MagicOutcome {}
}
