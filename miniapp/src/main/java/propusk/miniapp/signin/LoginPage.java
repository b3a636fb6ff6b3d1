package propusk.miniapp.signin;

import java.util.Optional;
import propusk.domain.signin.LocalPath;
import propusk.miniapp.page.Shell;
import propusk.miniapp.page.Words;

/// `/login`: a phone number, or Telegram.
///
/// @param typed what was typed before
/// @param next where the browser wants to go on
/// @param known whether the browser shows a device cookie: the page tries it by itself, once
/// @param notice what it has to be told first
public record LoginPage(
    Shell shell,
    String formToken,
    String typed,
    boolean remember,
    Optional<LocalPath> next,
    boolean known,
    Optional<Wrong> wrong,
    Optional<Notice> notice) {

  /// Why the number was not taken.
  ///
  /// @param until when it may be tried again, as an ISO 8601 time for the script
  public record Wrong(String text, Optional<String> until) {}

  /// That no Telegram session lives, and what to do.
  public record Notice(String title, String text) {}

  public Words words() {
    return shell.words();
  }

  public String nextPath() {
    return next.map(LocalPath::value).orElse("");
  }
}
