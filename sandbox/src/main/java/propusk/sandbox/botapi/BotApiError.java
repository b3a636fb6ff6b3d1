package propusk.sandbox.botapi;

import java.util.OptionalInt;

/// A refusal in the Bot API's words: `{"ok":false,"error_code":…,"description":…}`.
public final class BotApiError extends RuntimeException {
  private final int code;
  private final int retryAfter;

  private BotApiError(int code, String description, int retryAfter) {
    super(description, null, false, false);
    this.code = code;
    this.retryAfter = retryAfter;
  }

  public static BotApiError of(int code, String description) {
    return new BotApiError(code, description, 0);
  }

  static BotApiError badRequest(String what) {
    return of(400, "Bad Request: " + what);
  }

  static BotApiError unauthorized() {
    return of(401, "Unauthorized");
  }

  static BotApiError notFound() {
    return of(404, "Not Found");
  }

  /// Telegram says only "method not found"; the sandbox says loudly whose gap it is.
  static BotApiError notImplemented(String method) {
    return of(404, "Not Found: method " + method + " is not implemented by the sandbox");
  }

  static BotApiError tooManyRequests(int seconds) {
    return new BotApiError(429, "Too Many Requests: retry after " + seconds, seconds);
  }

  /// As faults ask for it: any code, any words, with a wait when one is given.
  static BotApiError faulty(int code, String description, int retryAfter) {
    return new BotApiError(code, description, retryAfter);
  }

  public int code() {
    return code;
  }

  public String description() {
    return String.valueOf(getMessage());
  }

  /// Seconds to wait, as `parameters.retry_after`.
  public OptionalInt retryAfter() {
    return retryAfter > 0 ? OptionalInt.of(retryAfter) : OptionalInt.empty();
  }
}
