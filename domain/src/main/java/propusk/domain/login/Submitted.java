package propusk.domain.login;

/// What came of handing in a password or a code.
public enum Submitted {
  /// The worker gets it; its answer is the login's next version.
  ACCEPTED,
  /// The login does not ask for it, or not any more.
  NOT_ASKED
}
