package propusk.domain.magic;

import propusk.domain.seal.Secret;
import propusk.domain.signin.LocalPath;

/// What came of a link from the chat.
public sealed interface MagicOutcome {
  /// @param session the cookie that the browser is signed in with
  record Entered(Secret session, LocalPath redirect) implements MagicOutcome {}

  record Spent() implements MagicOutcome {}

  record Old() implements MagicOutcome {}

  record Unknown() implements MagicOutcome {}
}
