package propusk.sandbox.dc;

/// What came of scanning a login link: what `auth.acceptLoginToken` tells the phone.
///
/// See <https://core.telegram.org/method/auth.acceptLoginToken>.
public sealed interface AcceptOutcome {
  /// The waiting client is let in; `session` is in the person's list now, or will be once the
  /// password is given.
  record Accepted(long session) implements AcceptOutcome {}

  /// The token was good once: `AUTH_TOKEN_EXPIRED`.
  record Expired() implements AcceptOutcome {}

  /// Somebody accepted it before: `AUTH_TOKEN_ALREADY_ACCEPTED`.
  record AlreadyAccepted() implements AcceptOutcome {}

  /// Not a link of this data centre: `AUTH_TOKEN_INVALID`.
  record Invalid() implements AcceptOutcome {}
}
