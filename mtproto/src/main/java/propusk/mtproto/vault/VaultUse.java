package propusk.mtproto.vault;

import propusk.domain.session.SessionState;

/// What came of using a saved session.
public sealed interface VaultUse<R> {
  /// The work was done and the session is sealed again.
  record Done<R>(R answer) implements VaultUse<R> {}

  /// Not to be had now: another worker has it, or it is over already.
  record NotLeased<R>() implements VaultUse<R> {}

  /// It is over, and marked so.
  record Over<R>(SessionState state) implements VaultUse<R> {}

  /// Telegram did not answer in time; the stored version is as it was.
  record Unreachable<R>() implements VaultUse<R> {}

  /// The work was done, but the lease had been lost: nothing was stored.
  record LeaseLost<R>() implements VaultUse<R> {}
}
