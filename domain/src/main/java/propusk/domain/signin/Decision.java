package propusk.domain.signin;

/// What came of a person's answer.
public sealed interface Decision {

  /// The browser may enter.
  record Approved(SignIn signIn) implements Decision {}

  /// The browser stays out.
  record Denied(SignIn signIn) implements Decision {}

  /// Another number was picked: the browser stays out.
  record Mismatched(SignIn signIn) implements Decision {}

  /// It was answered before, or its time is over.
  record Over(SignIn signIn) implements Decision {}

  /// Nobody asked this person.
  record NotAsked() implements Decision {}
}
