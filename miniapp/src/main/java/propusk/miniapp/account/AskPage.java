package propusk.miniapp.account;

import java.util.List;
import propusk.miniapp.page.Shell;

/// Asks a signed-in person whether something is meant that cannot be taken back.
///
/// @param key of its words: `<key>.title`, `.text`, `.yes`, `.no`
/// @param who whose account it is
/// @param what goes, a line each
public record AskPage(
    Shell shell,
    String key,
    String initials,
    String name,
    String who,
    List<String> what,
    String formToken) {

  public String say(String part) {
    return shell.words().say(key + "." + part, "who", who);
  }
}
