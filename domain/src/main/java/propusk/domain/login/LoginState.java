package propusk.domain.login;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// Where a login is. Each state holds only what belongs to it; `login-states.md` beside this file
/// draws them.
public sealed interface LoginState {

  /// The bot has answered `/login`; nobody has opened the page yet.
  record Requested() implements LoginState {}

  /// Its owner opened the page; a worker is getting the first link.
  record Preparing() implements LoginState {}

  /// A login token is on the page.
  ///
  /// @param qrSeq counts the tokens from 1
  /// @param qrExpiresAt by our own clock: Telegram's client does not tell
  record AwaitingScan(int qrSeq, Instant qrExpiresAt) implements LoginState {}

  /// The code was scanned; Telegram wants the two-step password.
  record AwaitingPassword(Optional<String> hint, int triesLeft) implements LoginState {}

  /// Telegram has sent a code.
  ///
  /// @param via `telegram`, `sms`, `call` or `other`: where it was sent
  /// @param length how many digits it has; 0 when Telegram does not say
  record AwaitingCode(String via, int length, int triesLeft) implements LoginState {}

  /// Authorized as the right account; the session is being saved.
  record Finalizing() implements LoginState {}

  /// It is over, and stays as it ended.
  sealed interface Ended extends LoginState {}

  record Completed() implements Ended {}

  record Cancelled(CancelledBy by) implements Ended {}

  record Expired() implements Ended {}

  /// @param retryAt when to try again, where Telegram said so
  record Failed(Failure reason, Optional<Instant> retryAt) implements Ended {}

  /// Who stopped it.
  enum CancelledBy {
    PERSON,
    /// The same person sent `/login` again.
    NEWER_LOGIN;

    /// The code in JSON and in rows: `cancelled` or `superseded`.
    public String code() {
      return this == PERSON ? "cancelled" : "superseded";
    }

    static CancelledBy of(String code) {
      return code.equals("superseded") ? NEWER_LOGIN : PERSON;
    }
  }

  /// The state's name in JSON and in rows, such as `awaiting_scan`.
  default String phase() {
    return getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
        .toLowerCase(Locale.ROOT);
  }
}
