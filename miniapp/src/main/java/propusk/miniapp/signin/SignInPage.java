package propusk.miniapp.signin;

import java.util.Optional;
import propusk.miniapp.page.Shell;
import propusk.miniapp.page.Words;

/// A browser that waits for its person in the bot.
///
/// @param token the sign-in's public id
/// @param seconds how much of its time is left
/// @param clock the same in words
/// @param life how much time it has
/// @param browser as the bot names it, with where and when
/// @param way by number or by link
public record SignInPage(
    Shell shell,
    String token,
    String formToken,
    int number,
    long seconds,
    String clock,
    long life,
    String status,
    Place browser,
    Bot bot,
    Way way) {

  /// @param name such as `Chrome on Windows`
  /// @param at when it asked, as an ISO 8601 time for the script
  /// @param time the same in words
  public record Place(String name, String ip, String at, String time) {}

  /// @param link with the start parameter, where the way has one
  public record Bot(String username, String link) {}

  public sealed interface Way {}

  /// @param masked the number that was typed
  public record ByNumber(Optional<String> masked) implements Way {}

  /// @param qr the link's QR code as an SVG of our own
  public record ByLink(String qr) implements Way {}

  public Words words() {
    return shell.words();
  }

  /// How much of its time is left, in hundredths.
  public String part() {
    return Long.toString(life == 0 ? 0 : 100 * seconds / life);
  }

  public boolean opened() {
    return status.equals("opened");
  }

  public boolean approved() {
    return status.equals("approved");
  }
}
