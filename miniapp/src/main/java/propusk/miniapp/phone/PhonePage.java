package propusk.miniapp.phone;

import java.util.List;
import java.util.Optional;
import propusk.miniapp.page.Shell;
import propusk.miniapp.page.Words;

/// The page of a login by phone and code in one of its states.
///
/// @param formToken what its forms send along
/// @param host where the browser must be when it types a secret
/// @param wrong why what was typed last was not taken
public record PhonePage(
    Shell shell, String formToken, String host, Optional<Wrong> wrong, Step step) {

  /// @param text in words
  /// @param until when it may be tried again, as an ISO 8601 time for the script
  public record Wrong(String text, Optional<String> until) {}

  /// What the page asks or says.
  public sealed interface Step {}

  /// @param typed what was typed before
  public record AskNumber(String typed) implements Step {}

  /// Telegram or a free place is waited for.
  ///
  /// @param queue how many are ahead and how long that lasts at most, in words
  /// @param version the login's: the page shows itself anew when it changes
  public record Wait(String text, Optional<String> queue, long version) implements Step {}

  /// @param via where Telegram sent the code, in words
  /// @param length how many digits it has; 0 when that is not known
  public record Code(String masked, String via, int length, long seconds) implements Step {
    public String clock() {
      return PhoneClocks.spell(seconds);
    }

    public List<Integer> cells() {
      return java.util.stream.IntStream.range(0, length).boxed().toList();
    }
  }

  public record Password(String masked, Optional<String> hint, long seconds) implements Step {
    public String clock() {
      return PhoneClocks.spell(seconds);
    }
  }

  /// It is over, and nobody is signed in by it.
  ///
  /// @param localTitle the title with an open `{time}`, where a time belongs in it
  /// @param retryAt as an ISO 8601 time for the script
  public record Ended(
      String code,
      String icon,
      String tone,
      boolean again,
      String title,
      String text,
      Optional<String> localTitle,
      Optional<String> localText,
      Optional<String> retryAt,
      List<String> ticks,
      List<String> steps)
      implements Step {}

  /// The login is completed, and this browser may go in.
  public record Done(String name) implements Step {}

  public Words words() {
    return shell.words();
  }
}
