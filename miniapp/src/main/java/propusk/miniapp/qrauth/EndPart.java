package propusk.miniapp.qrauth;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import propusk.domain.login.Failure;
import propusk.domain.login.LoginState.CancelledBy;
import propusk.miniapp.page.Words;

/// What stands below an end's title and text: what was saved from harm, and what to do.
///
/// @param code as in the JSON of a login
/// @param tone `info`, `warn` or `bad`
/// @param again whether starting again may help
/// @param localTitle the title with an open `{time}`, where a time belongs in it
public record EndPart(
    String code,
    String icon,
    String tone,
    boolean again,
    Optional<String> localTitle,
    Optional<String> localText,
    List<String> ticks,
    List<String> steps,
    Optional<String> note,
    Optional<String> more,
    Optional<String> moreText) {

  /// The parts of every end there is.
  public static List<EndPart> all(Words words) {
    var parts = new ArrayList<EndPart>();
    for (var by : CancelledBy.values()) {
      parts.add(cancelled(by, words));
    }
    parts.add(part("expired", "hourglass", "warn", true, words));
    for (var failure : Failure.values()) {
      parts.add(failed(failure, words));
    }
    return List.copyOf(parts);
  }

  private static EndPart cancelled(CancelledBy by, Words words) {
    return switch (by) {
      case PERSON -> part(by.code(), "stop", "info", true, words);
      case NEWER_LOGIN -> part(by.code(), "pages", "info", false, words);
    };
  }

  private static EndPart failed(Failure failure, Words words) {
    var code = failure.code();
    return switch (failure) {
      case WRONG_ACCOUNT -> part(code, "swap", "bad", true, words);
      case FLOOD_WAIT, PASSWORD_FLOOD -> part(code, "clock", "warn", true, words);
      case WRONG_PASSWORD -> part(code, "lock", "bad", true, words);
      case PASSWORD_PAGES_OFF -> part(code, "lock", "warn", false, words);
      case PHONE_BANNED -> part(code, "stop", "bad", false, words);
      case EXTRA_STEP -> part(code, "info", "warn", true, words);
      case WRONG_CODE, PHONE_INVALID -> part(code, "alert", "bad", true, words);
      case CODE_EXPIRED -> part(code, "hourglass", "warn", true, words);
      case PHONE_FLOOD, BUSY -> part(code, "clock", "warn", true, words);
      case PHONE_UNKNOWN -> part(code, "stop", "bad", false, words);
      case API_REJECTED -> part(code, "alert", "bad", false, words);
      case TELEGRAM_SILENT -> part(code, "offline", "warn", true, words);
      case RUN_BROKEN, HOST_LOST -> part(code, "alert", "bad", true, words);
      case INVITE_LOST -> part(code, "ticket", "bad", false, words);
    };
  }

  private static EndPart part(String code, String icon, String tone, boolean again, Words words) {
    var key = "end." + code;
    return new EndPart(
        code,
        icon,
        tone,
        again,
        timed(words, key + ".title"),
        timed(words, key + ".text"),
        ticks(code, words),
        words.has(key + ".steps") ? openLines(words, key + ".steps") : List.of(),
        optional(words, key + ".note"),
        optional(words, key + ".more"),
        optional(words, key + ".more.text"));
  }

  private static List<String> ticks(String code, Words words) {
    if (code.equals(CancelledBy.NEWER_LOGIN.code())) {
      return List.of();
    }
    return words.has("end." + code + ".ticks")
        ? words.lines("end." + code + ".ticks")
        : List.of(words.say("tick.invite"), words.say("tick.nothing"));
  }

  private static Optional<String> timed(Words words, String key) {
    return Optional.of(words.open(key)).filter(text -> text.contains("{time}"));
  }

  private static List<String> openLines(Words words, String key) {
    return words.open(key).lines().toList();
  }

  private static Optional<String> optional(Words words, String key) {
    return words.has(key) ? Optional.of(words.say(key)) : Optional.empty();
  }
}
