package propusk.miniapp.phone;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import propusk.domain.login.Failure;
import propusk.domain.login.LoginState.Cancelled;
import propusk.domain.login.LoginState.Completed;
import propusk.domain.login.LoginState.Ended;
import propusk.domain.login.LoginState.Expired;
import propusk.domain.login.LoginState.Failed;
import propusk.miniapp.page.Words;

/// An end of a login by phone and code as its page shows it: what happened, what was saved from
/// harm, what to do.
final class PhoneEnds {
  private PhoneEnds() {}

  static PhonePage.Ended of(Ended ended, Words words) {
    return switch (ended) {
      case Completed _ -> end(words, "already_in", "check", "info", true, Optional.empty());
      case Cancelled(var by) -> end(words, by.code(), "stop", "info", true, Optional.empty());
      case Expired _ -> end(words, "expired", "hourglass", "warn", true, Optional.empty());
      case Failed(var reason, var retryAt) -> failed(words, reason, retryAt);
    };
  }

  private static PhonePage.Ended failed(Words words, Failure reason, Optional<Instant> retryAt) {
    var code = reason.code();
    return switch (reason) {
      case WRONG_ACCOUNT -> end(words, code, "swap", "bad", true, retryAt);
      case FLOOD_WAIT, PASSWORD_FLOOD, PHONE_FLOOD ->
          end(words, code, "clock", "warn", true, retryAt);
      case WRONG_PASSWORD, WRONG_CODE -> end(words, code, "lock", "bad", true, retryAt);
      case CODE_EXPIRED -> end(words, code, "hourglass", "warn", true, retryAt);
      case PASSWORD_PAGES_OFF -> end(words, code, "lock", "warn", false, retryAt);
      case PHONE_BANNED -> end(words, code, "stop", "bad", false, retryAt);
      case PHONE_INVALID, PHONE_UNKNOWN -> end(words, code, "phone", "warn", true, retryAt);
      case EXTRA_STEP -> end(words, code, "info", "warn", true, retryAt);
      case API_REJECTED -> end(words, code, "alert", "bad", false, retryAt);
      case TELEGRAM_SILENT -> end(words, code, "offline", "warn", true, retryAt);
      case BUSY -> end(words, code, "clock", "warn", true, retryAt);
      case RUN_BROKEN, HOST_LOST -> end(words, code, "alert", "bad", true, retryAt);
      case INVITE_LOST -> end(words, code, "ticket", "bad", true, retryAt);
    };
  }

  private static PhonePage.Ended end(
      Words words,
      String code,
      String icon,
      String tone,
      boolean again,
      Optional<Instant> retryAt) {
    return new PhonePage.Ended(
        code,
        icon,
        tone,
        again,
        PhoneRefusals.text(words, code, "title", retryAt),
        PhoneRefusals.text(words, code, "text", retryAt),
        timed(words, code, "title"),
        timed(words, code, "text"),
        retryAt.map(Instant::toString),
        code.equals("already_in") ? List.of() : lines(words, code, "ticks", "tick.nothing"),
        lines(words, code, "steps", "phone.end.steps"));
  }

  private static Optional<String> timed(Words words, String code, String part) {
    var own = "phone.end." + code + "." + part;
    var key = words.has(own) ? own : "end." + code + "." + part;
    return Optional.of(words.open(key)).filter(text -> text.contains("{time}"));
  }

  private static List<String> lines(Words words, String code, String part, String otherwise) {
    var own = "phone.end." + code + "." + part;
    return words.lines(words.has(own) ? own : otherwise);
  }
}
