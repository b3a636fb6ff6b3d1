package propusk.miniapp.register;

import java.util.List;
import java.util.Optional;
import propusk.miniapp.page.Shell;
import propusk.miniapp.page.Words;

/// The page of a registration in one of its states.
///
/// @param formToken what its forms send along
/// @param version the registration's: the page shows itself anew when it changes; 0: there is none
/// @param wrong why what was typed last was not taken
public record RegisterPage(
    Shell shell, String formToken, long version, Optional<Wrong> wrong, Step step) {

  /// @param text in words
  /// @param until when it may be tried again, as an ISO 8601 time for the script
  public record Wrong(String text, Optional<String> until) {}

  /// What the page asks or says.
  public sealed interface Step {}

  /// @param typed what was typed before
  public record Name(String typed) implements Step {}

  /// The contact is waited for, or the code is on its way.
  ///
  /// @param name as it was typed
  /// @param state in words
  /// @param link to the bot
  /// @param qr the same link as a drawing
  /// @param seconds how long it may last
  public record Wait(String name, String state, String link, String qr, long seconds)
      implements Step {
    public String clock() {
      return spell(seconds);
    }
  }

  /// @param bot its username
  /// @param masked the number that was shared
  /// @param dead whether this code has no tries left
  /// @param again when another code may be asked for, in seconds; -1: never
  public record Code(String bot, String masked, boolean dead, long again, long seconds)
      implements Step {
    public String clock() {
      return spell(seconds);
    }
  }

  /// It is over.
  public record Over(String icon, String tone, String title, String text, Optional<String> again)
      implements Step {}

  public Words words() {
    return shell.words();
  }

  /// How far the bar above the question is.
  public int at() {
    return switch (step) {
      case Name _ -> 1;
      case Wait _ -> 2;
      case Code _ -> 3;
      case Over _ -> 0;
    };
  }

  public List<Integer> steps() {
    return List.of(1, 2, 3);
  }

  private static String spell(long seconds) {
    return "%d:%02d".formatted(seconds / 60, seconds % 60);
  }
}
