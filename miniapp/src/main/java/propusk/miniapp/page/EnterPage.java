package propusk.miniapp.page;

import java.util.Optional;

/// Names whose account a link opens, before it does.
///
/// @param who `@username`, or the name where there is none
/// @param text how they came here, and what happens
/// @param warning for who did not ask for the link
/// @param host where they are
/// @param remember whether the browser may ask to be known again
/// @param other who is signed in here now, where that is somebody else
public record EnterPage(
    Shell shell,
    String initials,
    String name,
    String who,
    String text,
    String warning,
    String host,
    boolean remember,
    Optional<String> other) {
  public Words words() {
    return shell.words();
  }
}
