package propusk.miniapp.home;

import propusk.miniapp.account.AccountPage;
import propusk.miniapp.page.Words;

/// The home of a person, put into the page once they are proven.
///
/// @param connectLink where the bot begins a new login
/// @param host of the website, as people read it
public record HomeView(AccountPage account, String connectLink, String host) {
  public Words words() {
    return account.words();
  }
}
