package propusk.miniapp.connect;

import java.util.Optional;
import propusk.miniapp.page.Shell;
import propusk.miniapp.page.Words;

/// The form for a page code.
///
/// @param token proves that the form was filled in here
public record ConnectFormPage(Shell shell, String token, Optional<Problem> problem) {

  /// @param code whether the typed characters were at fault
  /// @param until ISO 8601, where there is nothing to do but wait
  public record Problem(String text, boolean code, Optional<String> until) {}

  public Words words() {
    return shell.words();
  }
}
