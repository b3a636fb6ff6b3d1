package propusk.miniapp.home;

import propusk.miniapp.page.Shell;
import propusk.miniapp.page.Words;

/// Names whose account a link opens, before it does.
///
/// @param who `@username`, or the name where there is none
public record EnterPage(Shell shell, String initials, String name, String who, String host) {
  public Words words() {
    return shell.words();
  }
}
