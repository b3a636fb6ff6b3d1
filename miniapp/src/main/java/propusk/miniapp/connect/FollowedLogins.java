package propusk.miniapp.connect;

import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.login.LoginBrowser;
import propusk.domain.login.LoginBrowsers;
import propusk.domain.login.LoginSnapshot;
import propusk.domain.login.Logins;
import propusk.domain.seal.Secret;

/// Logins as the browsers see them that follow them by their cookie.
final class FollowedLogins {
  private final Jdbi jdbi;
  private final Logins logins;
  private final LoginBrowsers browsers;

  /// @param snapshot what this browser may see
  record Followed(LoginBrowser browser, LoginSnapshot snapshot) {}

  FollowedLogins(Connect.Parts parts) {
    jdbi = parts.jdbi();
    logins = parts.logins();
    browsers = parts.browsers();
  }

  /// Empty when the cookie is bound to no login, or not any more.
  Optional<Followed> find(Optional<Secret> cookie) {
    return cookie.flatMap(secret ->
        jdbi.withHandle(handle ->
            browsers
                .find(handle, secret)
                .flatMap(browser ->
                    logins
                        .view(handle, browser)
                        .map(snapshot -> new Followed(browser, snapshot)))));
  }
}
