package propusk.miniapp.event;

import propusk.domain.account.Account;
import propusk.miniapp.page.Shell;
import propusk.miniapp.page.Words;

/// Asks whether this browser shall enter as this account.
public record MagicPage(Shell shell, Account account) {
  public Words words() {
    return shell.words();
  }

  /// `@ilya_kozlov`, or the name of who has none.
  public String who() {
    return account.username().map(name -> "@" + name).orElse(account.fullName());
  }
}
