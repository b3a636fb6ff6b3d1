package propusk.domain.login;

import java.time.Instant;
import java.util.Optional;

/// What can happen to a login.
public sealed interface LoginEvent {

  /// Its owner opened the page, proven by init data.
  record Opened() implements LoginEvent {}

  /// Telegram gave a login token; the link itself travels sealed, beside the row.
  record Linked(Instant expiresAt) implements LoginEvent {}

  record PasswordAsked(Optional<String> hint) implements LoginEvent {}

  record PasswordRefused() implements LoginEvent {}

  /// @param via `telegram`, `sms`, `call` or `other`: where Telegram sent the code
  /// @param length how many digits it has; 0 when Telegram does not say
  record CodeAsked(String via, int length) implements LoginEvent {}

  record CodeRefused() implements LoginEvent {}

  /// Telegram authorized us, as an account that may take this login.
  record Authorized() implements LoginEvent {}

  /// The session is sealed and the invite redeemed, in this very transaction.
  record Stored() implements LoginEvent {}

  /// Nothing was left of an earlier run: a new client starts over.
  record StartedOver() implements LoginEvent {}

  record Stopped(LoginState.CancelledBy by) implements LoginEvent {}

  record DeadlinePassed() implements LoginEvent {}

  record Refused(Failure reason, Optional<Instant> retryAt) implements LoginEvent {
    public Refused(Failure reason) {
      this(reason, Optional.empty());
    }
  }
}
