package propusk.miniapp.qrauth;

import java.util.List;
import propusk.miniapp.page.Shell;
import propusk.miniapp.page.Words;

/// The login page before anybody is proven: every part it may show, and nothing about anyone.
///
/// @param parents origins that may talk to it when it stands in a frame, separated by spaces
/// @param host our own address, as people read it
/// @param scriptWords the texts that the script fills, as JSON
/// @param sample what stands in the place of a dead code
public record QrAuthPage(
    Shell shell,
    String sessionId,
    String botLink,
    String parents,
    String host,
    String scriptWords,
    String sample,
    List<EndPart> ends) {

  public Words words() {
    return shell.words();
  }
}
