package propusk.domain.signin;

import java.time.Instant;

/// What came of a link or a code in the bot.
public sealed interface OpenOutcome {

  /// The question is to be put to this person, now and as often as they come.
  record Asks(SignIn signIn) implements OpenOutcome {}

  /// Another person came by it before.
  record Taken() implements OpenOutcome {}

  /// It was answered, or its time is over.
  record Over(SignIn signIn) implements OpenOutcome {}

  record Unknown() implements OpenOutcome {}

  /// Too many codes were typed.
  record Limited(Instant until) implements OpenOutcome {}
}
