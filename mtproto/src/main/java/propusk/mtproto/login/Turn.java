package propusk.mtproto.login;

import propusk.domain.login.LoginEvent;

/// Why a run stopped watching its client.
sealed interface Turn {
  /// Somebody is logged in: who, is not yet known.
  record SomebodyIn() implements Turn {}

  /// The row ended meanwhile: cancelled, expired, superseded.
  record RowEnded() implements Turn {}

  /// Telegram refused, or wants what we cannot give.
  record Refusal(LoginEvent.Refused event) implements Turn {}
}
