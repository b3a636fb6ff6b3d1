package propusk.miniapp.phone;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import propusk.domain.login.Failure;
import propusk.domain.login.Login;
import propusk.domain.login.LoginState;
import propusk.domain.login.LoginState.Cancelled;
import propusk.domain.login.LoginState.Completed;
import propusk.domain.login.LoginState.Ended;
import propusk.domain.login.LoginState.Expired;
import propusk.domain.login.LoginState.Failed;
import propusk.miniapp.edge.Problem;
import propusk.miniapp.page.Words;

/// Every refusal on the way in by phone and code: its code, its status, and its words, the same on
/// the page and in JSON.
final class PhoneRefusals {
  // The server does not know the reader's zone; pages write the time again in theirs.
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  private final InstantSource clock;

  PhoneRefusals(InstantSource clock) {
    this.clock = clock;
  }

  Problem number(PhoneInput input, Words words) {
    var code = input instanceof PhoneInput.TooShort ? "phone_too_short" : "phone_malformed";
    return Problem.of(422, code, words.say("phone.error." + code));
  }

  Problem tooMany(Instant until, Words words) {
    return Problem.of(429, "too_many_attempts", words.say("phone.error.too_many"))
        .withDetail(words.say("phone.error.again", "time", UTC.format(until)))
        .withRetryAfter(clock.instant(), until);
  }

  Problem wrongCode(int triesLeft, Words words) {
    return Problem.of(401, "phone_code_invalid", tries(words, "phone.code.wrong", triesLeft))
        .withTriesLeft(triesLeft);
  }

  Problem wrongPassword(int triesLeft, Words words) {
    return Problem.of(401, "password_invalid", tries(words, "phone.password.wrong", triesLeft))
        .withTriesLeft(triesLeft);
  }

  /// A login that this browser has no part in, or none.
  Problem stranger(Words words) {
    return Problem.of(401, "phone_login_unknown", words.say("phone.error.stranger"));
  }

  /// The login was taken up again by another worker: nothing was counted, it asks once more.
  Problem askedAgain(Words words) {
    return Problem.of(409, "asked_again", words.say("phone.error.asked_again"));
  }

  Problem malformedCode(Words words) {
    return Problem.of(422, "code_malformed", words.say("phone.error.code"));
  }

  /// The answer for a login that is over and did not succeed.
  Problem ended(Login login, Ended ended, Words words) {
    var code = code(ended);
    var retryAt = ended instanceof Failed(var _, var at) ? at : Optional.<Instant>empty();
    var problem =
        Problem.of(status(ended), publicCode(ended, code), text(words, code, "title", retryAt))
            .withDetail(text(words, code, "text", retryAt));
    if (ended instanceof Failed(var reason, var _)
        && (reason == Failure.WRONG_CODE || reason == Failure.WRONG_PASSWORD)) {
      problem = problem.withTriesLeft(0);
    }
    return retryAt.isPresent() ? problem.withRetryAfter(clock.instant(), retryAt.get()) : problem;
  }

  /// The words for an end: this way's own where they differ from those of a login by QR code.
  static String text(Words words, String code, String part, Optional<Instant> retryAt) {
    var own = "phone.end." + code + "." + part;
    var key = words.has(own) ? own : "end." + code + "." + part;
    return words.say(key, Map.of("time", retryAt.map(UTC::format).orElse("none"), "who", ""));
  }

  static String code(Ended ended) {
    return switch (ended) {
      case Completed _ -> "completed";
      case Cancelled(var by) -> by.code();
      case Expired _ -> "expired";
      case Failed(var reason, var _) -> reason.code();
    };
  }

  private static String publicCode(Ended ended, String code) {
    return switch (ended) {
      case Failed(var reason, var _) when reason == Failure.WRONG_CODE -> "phone_code_invalid";
      case Failed(var reason, var _) when reason == Failure.CODE_EXPIRED -> "phone_code_expired";
      case Failed _, Completed _, Cancelled _, Expired _ -> code;
    };
  }

  private static int status(Ended ended) {
    return switch (ended) {
      case Completed _ -> 409;
      case Cancelled _, Expired _ -> 410;
      case Failed(var reason, var _) ->
          switch (reason) {
            case WRONG_CODE, WRONG_PASSWORD -> 401;
            case WRONG_ACCOUNT, PHONE_BANNED, PASSWORD_PAGES_OFF -> 403;
            case PHONE_UNKNOWN -> 404;
            case EXTRA_STEP -> 409;
            case CODE_EXPIRED, INVITE_LOST -> 410;
            case PHONE_INVALID -> 422;
            case FLOOD_WAIT, PHONE_FLOOD, PASSWORD_FLOOD -> 429;
            case RUN_BROKEN, HOST_LOST -> 500;
            case API_REJECTED -> 502;
            case BUSY -> 503;
            case TELEGRAM_SILENT -> 504;
          };
    };
  }

  static String tries(Words words, String key, int left) {
    return words.say(key, Map.of("tries", left));
  }

  /// Whether the login was asked for a code or password again without a try being counted.
  static boolean askedAgain(Login before, Login after) {
    return after.version() > before.version() && after.state().equals(before.state());
  }

  /// How many tries the login leaves, where it asks for something.
  static int triesLeft(LoginState state) {
    return switch (state) {
      case LoginState.AwaitingCode(var _, var _, int tries) -> tries;
      case LoginState.AwaitingPassword(var _, int tries) -> tries;
      case LoginState.Requested _,
          LoginState.Preparing _,
          LoginState.AwaitingScan _,
          LoginState.Finalizing _,
          Ended _ ->
          0;
    };
  }
}
