package propusk.miniapp.edge;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import propusk.domain.time.Times;

/// An error as a client hears it: [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457), with a code
/// to switch on. It never carries a cause.
///
/// @param detail what to do about it, in the reader's language, where more can be said than a title
/// @param triesLeft how often one may try again, where tries are counted
public record Problem(
    int status,
    String code,
    String title,
    Optional<String> detail,
    OptionalInt retryAfter,
    OptionalInt triesLeft) {
  public static final Problem SESSION_ID_MALFORMED =
      of(400, "session_id_malformed", "The session id is not one");
  public static final Problem JSON_MALFORMED =
      of(400, "json_malformed", "The body is not the JSON object that is expected here");
  public static final Problem BAD_REQUEST = of(400, "bad_request", "The request is malformed");
  public static final Problem INIT_DATA_INVALID =
      of(401, "init_data_invalid", "The init data is not signed by Telegram for this bot");
  public static final Problem INIT_DATA_STALE =
      of(401, "init_data_stale", "The init data is too old or was used in another tab");
  public static final Problem BEARER_INVALID =
      of(401, "bearer_invalid", "The bearer is unknown or has expired");
  public static final Problem SERVICE_KEY_INVALID =
      of(401, "service_key_invalid", "There is no such service key, or it was revoked");
  public static final Problem SIGNED_OUT = of(401, "signed_out", "Nobody is signed in here");
  public static final Problem SIGN_IN_UNKNOWN =
      of(401, "sign_in_unknown", "This browser began no such sign-in");
  public static final Problem NOT_APPROVED =
      of(409, "not_approved", "Nobody has said yes to it, or it was used");
  public static final Problem CODE_UNKNOWN =
      of(404, "code_unknown", "There is no such code, it is over, or it was used");
  public static final Problem REDIRECT_MALFORMED =
      of(422, "redirect_malformed", "The redirect is not a path of this site");
  public static final Problem FORM_STALE =
      of(403, "form_stale", "The form comes from another page or browser");
  public static final Problem BROWSER_UNKNOWN =
      of(401, "browser_unknown", "This browser follows no login");
  public static final Problem NOT_YOURS = of(403, "not_yours", "Someone else asked for this page");
  public static final Problem ORIGIN_NOT_ALLOWED =
      of(403, "origin_not_allowed", "This origin may not send such requests");
  public static final Problem NOT_FOUND = of(404, "not_found", "There is nothing here");
  public static final Problem NOT_ASKED =
      of(409, "not_asked", "Telegram does not ask for this now");
  public static final Problem METHOD_NOT_ALLOWED =
      of(405, "method_not_allowed", "This method is not allowed here");
  public static final Problem BODY_TOO_LARGE = of(413, "body_too_large", "The body is too large");
  public static final Problem JSON_EXPECTED =
      of(415, "json_expected", "The content type must be application/json");
  public static final Problem INTERNAL = of(500, "internal", "The fault is ours");
  public static final Problem UNAVAILABLE =
      of(503, "unavailable", "The service is restarting").withRetryAfter(2);

  public static Problem of(int status, String code, String title) {
    return new Problem(
        status, code, title, Optional.empty(), OptionalInt.empty(), OptionalInt.empty());
  }

  public Problem withDetail(String words) {
    return new Problem(status, code, title, Optional.of(words), retryAfter, triesLeft);
  }

  /// @param seconds until it may be tried again
  public Problem withRetryAfter(int seconds) {
    return new Problem(status, code, title, detail, OptionalInt.of(seconds), triesLeft);
  }

  /// @param at when it may be tried again: at least a second from now
  public Problem withRetryAfter(Instant now, Instant at) {
    return withRetryAfter(Math.toIntExact(Math.max(1, Times.secondsUntil(now, at))));
  }

  public Problem withTriesLeft(int tries) {
    return new Problem(status, code, title, detail, retryAfter, OptionalInt.of(tries));
  }

  /// The problem for a status that the server itself decided on.
  static Problem ofStatus(int status) {
    return switch (status) {
      case 404 -> NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 413 -> BODY_TOO_LARGE;
      case 503 -> UNAVAILABLE;
      default -> {
        if (status >= 400 && status < 500) {
          yield of(status, "bad_request", "The request is malformed");
        }
        yield INTERNAL;
      }
    };
  }
}
