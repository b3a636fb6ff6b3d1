package propusk.miniapp.account;

import java.util.Optional;
import propusk.domain.account.Account;
import propusk.miniapp.page.Shell;
import propusk.miniapp.page.Words;

/// Names whose account a link opens, before it does.
///
/// @param key of the words for how they came here, and for who did not ask for the link
/// @param host where they are
/// @param remember whether the browser may ask to be known again
/// @param visitor who is signed in here now
public record EnterPage(
    Shell shell,
    Account account,
    String key,
    String host,
    boolean remember,
    Optional<Account> visitor) {
  public Words words() {
    return shell.words();
  }

  public String initials() {
    return Said.initials(words(), account);
  }

  /// `@username`, or the name where there is none.
  public String who() {
    return Said.whose(account);
  }

  /// Who is signed in here now, where that is somebody else.
  public Optional<String> other() {
    return visitor.filter(here -> !here.id().equals(account.id())).map(Said::whose);
  }
}
