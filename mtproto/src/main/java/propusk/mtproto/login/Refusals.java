package propusk.mtproto.login;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import propusk.domain.login.Failure;
import propusk.domain.login.LoginEvent.Refused;
import propusk.mtproto.client.TdError;

/// What a refusal of Telegram means for a login: each has its own failure, and so its own words.
final class Refusals {
  /// Telegram does not say until when it takes no password.
  private static final Duration PASSWORD_CLOSED = Duration.ofHours(24);

  private Refusals() {}

  static Refused of(TdError error, Instant now) {
    return switch (error) {
      case TdError.FloodWait(var delay) ->
          new Refused(Failure.FLOOD_WAIT, Optional.of(now.plus(delay)));
      case TdError.PasswordFlood _ ->
          new Refused(Failure.PASSWORD_FLOOD, Optional.of(now.plus(PASSWORD_CLOSED)));
      case TdError.ApiIdRefused _ -> new Refused(Failure.API_REJECTED);
      case TdError.PasswordHashInvalid _ -> new Refused(Failure.WRONG_PASSWORD);
      case TdError.CodeInvalid _ -> new Refused(Failure.WRONG_CODE);
      case TdError.CodeExpired _ -> new Refused(Failure.CODE_EXPIRED);
      case TdError.PhoneNumberRefused(var reason) -> new Refused(number(reason));
      case TdError.SessionGone(var reason) ->
          new Refused(
              switch (reason) {
                case DEACTIVATED -> Failure.PHONE_BANNED;
                case REVOKED -> Failure.RUN_BROKEN;
              });
      case TdError.PasswordCheckStale _,
          TdError.AuthKeyDuplicated _,
          TdError.WrongDatabaseKey _,
          TdError.Aborted _,
          TdError.Other _ ->
          new Refused(Failure.RUN_BROKEN);
    };
  }

  private static Failure number(TdError.PhoneNumberRefused.Reason reason) {
    return switch (reason) {
      case INVALID -> Failure.PHONE_INVALID;
      case BANNED -> Failure.PHONE_BANNED;
      case FLOOD -> Failure.PHONE_FLOOD;
      case UNOCCUPIED -> Failure.PHONE_UNKNOWN;
    };
  }
}
