package propusk.bot.api;

import java.time.Duration;

/// How the Bot API answered, as far as it matters to whoever asked: [the Bot API's
/// errors](https://core.telegram.org/bots/api#making-requests).
public sealed interface Answer {

  /// Done.
  record Taken() implements Answer {}

  /// 429: nothing was done, ask again after this time.
  record Flood(Duration retryAfter) implements Answer {}

  /// 403: this chat takes no messages from us.
  record Blocked() implements Answer {}

  /// 401 or 404: Telegram does not know our token.
  record TokenRefused() implements Answer {}

  /// 409: another process polls, or a webhook is set.
  record Conflict() implements Answer {}

  /// Any other 4xx: asking the same again is useless.
  record Refused(int code) implements Answer {}

  /// 5xx, no answer, or one that cannot be read: it may or may not have been done.
  ///
  /// @param reason a status or a class name
  record Unavailable(String reason) implements Answer {}

  /// The answer for an `error_code` and its `retry_after`, 0 where there is none.
  static Answer refusal(int code, int retryAfter) {
    return switch (code) {
      case 401, 404 -> new TokenRefused();
      case 403 -> new Blocked();
      case 409 -> new Conflict();
      case 429 -> new Flood(Duration.ofSeconds(Math.max(1, retryAfter)));
      default -> code >= 400 && code < 500 ? new Refused(code) : new Unavailable("status_" + code);
    };
  }
}
