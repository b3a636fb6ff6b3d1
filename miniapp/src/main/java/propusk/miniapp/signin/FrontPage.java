package propusk.miniapp.signin;

import java.util.Optional;
import propusk.miniapp.page.Shell;
import propusk.miniapp.page.Words;

/// The site's first page.
///
/// @param name of whoever is signed in
public record FrontPage(Shell shell, Optional<String> name) {
  public Words words() {
    return shell.words();
  }
}
