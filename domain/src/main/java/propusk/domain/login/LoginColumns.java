package propusk.domain.login;

import java.time.Instant;
import java.util.Optional;
import propusk.domain.login.LoginState.AwaitingCode;
import propusk.domain.login.LoginState.AwaitingPassword;
import propusk.domain.login.LoginState.AwaitingScan;
import propusk.domain.login.LoginState.Cancelled;
import propusk.domain.login.LoginState.Completed;
import propusk.domain.login.LoginState.Expired;
import propusk.domain.login.LoginState.Failed;
import propusk.domain.login.LoginState.Finalizing;
import propusk.domain.login.LoginState.Preparing;
import propusk.domain.login.LoginState.Requested;

/// What of a state has a column of its own.
record LoginColumns(
    Optional<Integer> qrSeq,
    Optional<Instant> qrExpiresAt,
    Optional<String> hint,
    Optional<Integer> triesLeft,
    Optional<String> codeVia,
    Optional<Integer> codeLength,
    Optional<String> endCode,
    Optional<Instant> retryAt) {
  private static final LoginColumns NONE =
      new LoginColumns(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  static LoginColumns of(LoginState state) {
    return switch (state) {
      case Requested _, Preparing _, Finalizing _, Completed _, Expired _ -> NONE;
      case AwaitingScan(int seq, var expiresAt) -> qr(seq, expiresAt);
      case AwaitingPassword(var hint, int triesLeft) -> password(hint, triesLeft);
      case AwaitingCode(var via, int length, int triesLeft) -> code(via, length, triesLeft);
      case Cancelled(var by) -> end(by.code(), Optional.empty());
      case Failed(var reason, var retryAt) -> end(reason.code(), retryAt);
    };
  }

  private static LoginColumns qr(int seq, Instant expiresAt) {
    return new LoginColumns(
        Optional.of(seq),
        Optional.of(expiresAt),
        NONE.hint,
        NONE.triesLeft,
        NONE.codeVia,
        NONE.codeLength,
        NONE.endCode,
        NONE.retryAt);
  }

  private static LoginColumns password(Optional<String> hint, int triesLeft) {
    return new LoginColumns(
        NONE.qrSeq,
        NONE.qrExpiresAt,
        hint,
        Optional.of(triesLeft),
        NONE.codeVia,
        NONE.codeLength,
        NONE.endCode,
        NONE.retryAt);
  }

  private static LoginColumns code(String via, int length, int triesLeft) {
    return new LoginColumns(
        NONE.qrSeq,
        NONE.qrExpiresAt,
        NONE.hint,
        Optional.of(triesLeft),
        Optional.of(via),
        Optional.of(length),
        NONE.endCode,
        NONE.retryAt);
  }

  private static LoginColumns end(String code, Optional<Instant> retryAt) {
    return new LoginColumns(
        NONE.qrSeq,
        NONE.qrExpiresAt,
        NONE.hint,
        NONE.triesLeft,
        NONE.codeVia,
        NONE.codeLength,
        Optional.of(code),
        retryAt);
  }
}
