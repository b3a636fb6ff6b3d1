package propusk.miniapp.connect;

import propusk.miniapp.page.Shell;
import propusk.miniapp.page.Words;

/// What a one-time link shows before its button spends it: whose login it is.
///
/// @param kind `screen` or `password`
/// @param host the address to be checked
public record ConnectAskPage(Shell shell, Holder holder, String kind, String host) {
  public Words words() {
    return shell.words();
  }

  /// The words of this kind of link.
  public String say(String key) {
    return words().say("link." + kind + "." + key);
  }
}
