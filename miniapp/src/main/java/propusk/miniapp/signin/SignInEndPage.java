package propusk.miniapp.signin;

import java.util.List;
import java.util.Optional;
import propusk.domain.signin.LocalPath;
import propusk.domain.signin.SignInKind;
import propusk.domain.signin.SignInState.Ended;
import propusk.miniapp.page.Shell;
import propusk.miniapp.page.Words;

/// How a sign-in ended that let nobody in: what happened, what was saved from harm, what to do.
///
/// @param code in rows, such as `denied`
public record SignInEndPage(
    Shell shell,
    String code,
    String icon,
    String tone,
    String title,
    String text,
    List<String> ticks,
    List<String> steps,
    String formToken,
    String next) {

  static SignInEndPage of(
      Shell shell, Ended ended, SignInKind kind, String formToken, Optional<LocalPath> next) {
    var words = shell.words();
    var code = ended.phase();
    var key = "signin.end." + code;
    // Nobody may learn from the words whether a number is known.
    var steps = words.lines(kind == SignInKind.APPROVAL ? key + ".steps" : key + ".steps.link");
    return new SignInEndPage(
        shell,
        code,
        icon(code),
        code.equals("denied") || code.equals("mismatched") ? "bad" : "warn",
        words.say(key + ".title"),
        words.say(key + ".text"),
        List.of(words.say("signin.end.tick")),
        steps,
        formToken,
        next.map(LocalPath::value).orElse(""));
  }

  private static String icon(String code) {
    return switch (code) {
      case "denied" -> "stop";
      case "mismatched" -> "shield";
      case "replaced" -> "pages";
      default -> "hourglass";
    };
  }

  public Words words() {
    return shell.words();
  }
}
