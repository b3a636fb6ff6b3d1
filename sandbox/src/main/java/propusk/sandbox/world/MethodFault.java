package propusk.sandbox.world;

import java.util.Optional;

/// What goes wrong with one method of MTProto (`auth.exportLoginToken`) or of the Bot API
/// (`sendMessage`).
///
/// @param method the exact name, or a beginning followed by `*`
/// @param code the error's code: 400, 420, 429, 500 …; without one the method works, late
/// @param text the error's text, such as `FLOOD_WAIT_30`
/// @param retryAfter the Bot API's `retry_after`, in seconds
/// @param delayMillis how long the answer is held back
/// @param times how often it happens; without it, always
/// @param drop the connection is cut instead of an answer
public record MethodFault(
    String method,
    Optional<Integer> code,
    Optional<String> text,
    Optional<Integer> retryAfter,
    Optional<Long> delayMillis,
    Optional<Integer> times,
    Optional<Boolean> drop) {

  /// The method fails with this error, always.
  public static MethodFault failing(String method, int code, String text) {
    return new MethodFault(
        method,
        Optional.of(code),
        Optional.of(text),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /// The method asks to wait: MTProto's FLOOD_WAIT.
  public static MethodFault flood(String method, int seconds) {
    return failing(method, 420, "FLOOD_WAIT_" + seconds);
  }

  /// The method's answer is held back.
  public static MethodFault slow(String method, long millis) {
    return new MethodFault(
        method,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(millis),
        Optional.empty(),
        Optional.empty());
  }

  /// The connection is cut when the method is called.
  public static MethodFault dropping(String method) {
    return new MethodFault(
        method,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(true));
  }

  /// The same fault, so many times only.
  public MethodFault times(int count) {
    return new MethodFault(method, code, text, retryAfter, delayMillis, Optional.of(count), drop);
  }

  boolean concerns(String called) {
    return method.endsWith("*")
        ? called.startsWith(method.substring(0, method.length() - 1))
        : called.equals(method);
  }
}
