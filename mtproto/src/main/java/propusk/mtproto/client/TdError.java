package propusk.mtproto.client;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Why TDLib or Telegram refused a request: error texts are parsed here, once.
///
/// See [errors](https://core.telegram.org/api/errors).
public sealed interface TdError {
  /// Too many attempts: wait this long.
  record FloodWait(Duration delay) implements TdError {}

  /// Our api_id is wrong, published, or too old: an operator must act.
  record ApiIdRefused(String code) implements TdError {}

  record PasswordHashInvalid() implements TdError {}

  /// The check of a password went stale on its way: the same password may be given again.
  record PasswordCheckStale() implements TdError {}

  /// Too many wrong passwords: Telegram takes none for a day.
  record PasswordFlood() implements TdError {}

  record CodeInvalid() implements TdError {}

  record CodeExpired() implements TdError {}

  /// The saved authorization is over.
  record SessionGone(SessionGone.Reason reason) implements TdError {
    public enum Reason {
      REVOKED,
      DEACTIVATED
    }
  }

  /// One authorization was used from two places: both copies are dead.
  record AuthKeyDuplicated() implements TdError {}

  record PhoneNumberRefused(PhoneNumberRefused.Reason reason) implements TdError {
    public enum Reason {
      INVALID,
      BANNED,
      /// Too many codes were asked for it.
      FLOOD,
      /// Nobody has an account with it.
      UNOCCUPIED
    }
  }

  /// The database key does not fit the files.
  record WrongDatabaseKey() implements TdError {}

  /// The client is closing or closed.
  record Aborted() implements TdError {}

  /// @param code Telegram's word for it, or `unlisted` when the text is not such a word
  record Other(int status, String code) implements TdError {}

  Pattern FLOOD_CODE = Pattern.compile("(?:FLOOD_WAIT|FLOOD_PREMIUM_WAIT)_(\\d{1,9})");
  Pattern FLOOD_TEXT = Pattern.compile("Too Many Requests: retry after (\\d{1,9})");
  Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{2,63}");

  /// The error that an answer is, if it is one.
  static Optional<TdError> in(JsonNode answer) {
    return answer.path("@type").asString("").equals("error")
        ? Optional.of(parse(answer.path("code").asInt(0), answer.path("message").asString("")))
        : Optional.empty();
  }

  static TdError parse(int status, String message) {
    for (var pattern : new Pattern[] {FLOOD_CODE, FLOOD_TEXT}) {
      var matcher = pattern.matcher(message);
      if (matcher.matches()) {
        return new FloodWait(Duration.ofSeconds(Long.parseLong(matcher.group(1))));
      }
    }
    return switch (message) {
      case "API_ID_INVALID", "API_ID_PUBLISHED_FLOOD", "UPDATE_APP_TO_LOGIN" ->
          new ApiIdRefused(message);
      case "PASSWORD_HASH_INVALID" -> new PasswordHashInvalid();
      case "SRP_ID_INVALID", "SRP_A_INVALID", "SRP_PASSWORD_CHANGED" -> new PasswordCheckStale();
      case "PHONE_PASSWORD_FLOOD" -> new PasswordFlood();
      case "PHONE_CODE_INVALID", "PHONE_CODE_EMPTY" -> new CodeInvalid();
      case "PHONE_CODE_EXPIRED" -> new CodeExpired();
      case "SESSION_REVOKED", "AUTH_KEY_UNREGISTERED", "AUTH_KEY_INVALID", "SESSION_EXPIRED" ->
          new SessionGone(SessionGone.Reason.REVOKED);
      case "USER_DEACTIVATED", "USER_DEACTIVATED_BAN" ->
          new SessionGone(SessionGone.Reason.DEACTIVATED);
      case "AUTH_KEY_DUPLICATED" -> new AuthKeyDuplicated();
      case "PHONE_NUMBER_INVALID" -> new PhoneNumberRefused(PhoneNumberRefused.Reason.INVALID);
      case "PHONE_NUMBER_BANNED" -> new PhoneNumberRefused(PhoneNumberRefused.Reason.BANNED);
      case "PHONE_NUMBER_FLOOD" -> new PhoneNumberRefused(PhoneNumberRefused.Reason.FLOOD);
      case "PHONE_NUMBER_UNOCCUPIED", "PHONE_NUMBER_APP_SIGNUP_FORBIDDEN" ->
          new PhoneNumberRefused(PhoneNumberRefused.Reason.UNOCCUPIED);
      case "Wrong database encryption key" -> new WrongDatabaseKey();
      case "Request aborted" -> new Aborted();
      default -> new Other(status, CODE.matcher(message).matches() ? message : "unlisted");
    };
  }
}
