package propusk.miniapp.home;

import propusk.miniapp.page.Shell;
import propusk.miniapp.page.Words;

/// The home before anybody is proven: nothing about anyone.
///
/// @param parents origins that may talk to it when it stands in a frame, separated by spaces
public record HomePage(Shell shell, String botLink, String parents) {
  public Words words() {
    return shell.words();
  }
}
