package propusk.domain.login;

import java.net.InetAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.seal.Hashes;
import propusk.domain.seal.Secret;
import propusk.domain.seal.Tokens;
import propusk.domain.time.Times;

/// The browsers bound to logins. A browser follows one login at a time: a newer cookie replaces the
/// one it had.
public final class LoginBrowsers {
  /// Longer than any login, so that its end is still shown.
  public static final Duration COOKIE_LIFE = Duration.ofHours(1);

  private final InstantSource clock;
  private final Tokens tokens;

  public LoginBrowsers(InstantSource clock, Tokens tokens) {
    this.clock = clock;
    this.tokens = tokens;
  }

  /// Binds a browser to a login.
  ///
  /// @return its new cookie
  public Secret open(Handle handle, LoginId login, LoginBrowser.Kind kind, BrowserInfo info) {
    var cookie = tokens.secret();
    var now = clock.instant();
    handle
        .createUpdate(
            """
            INSERT INTO login_browser (cookie_hash, login_id, kind, browser, system, ip, opened_at, expires_at)
            VALUES (:cookie, :login, :kind, :browser, :system, CAST(:ip AS inet), :now, :expires)
            """)
        .bind("cookie", Hashes.sha256(cookie.value()))
        .bind("login", login.value())
        .bind("kind", kind.column())
        .bind("browser", info.browser().orElse(null))
        .bind("system", info.system().orElse(null))
        .bind("ip", info.ip().map(InetAddress::getHostAddress).orElse(null))
        .bind("now", Times.column(now))
        .bind("expires", Times.column(now.plus(COOKIE_LIFE)))
        .execute();
    return cookie;
  }

  /// The browser with this cookie, while it counts.
  public Optional<LoginBrowser> find(Handle handle, Secret cookie) {
    return handle
        .createQuery(
            "SELECT * FROM login_browser WHERE cookie_hash = :cookie AND expires_at > :now")
        .bind("cookie", Hashes.sha256(cookie.value()))
        .bind("now", Times.column(clock.instant()))
        .map(LoginBrowsers::browser)
        .findOne();
  }

  /// The second screen of a login, if one was opened.
  Optional<LoginBrowser> secondScreen(Handle handle, LoginId login) {
    return handle
        .createQuery(
            "SELECT * FROM login_browser WHERE login_id = :login AND kind = 'second_screen'")
        .bind("login", login.value())
        .map(LoginBrowsers::browser)
        .findOne();
  }

  /// Deletes what bound browsers to logins and stopped counting before this moment.
  public int forget(Handle handle, Instant before) {
    int browsers = delete(handle, "DELETE FROM login_browser WHERE expires_at < :before", before);
    int pages = delete(handle, "DELETE FROM login_page WHERE expires_at < :before", before);
    int links = delete(handle, "DELETE FROM login_link WHERE created_at < :before", before);
    return browsers + pages + links;
  }

  private static int delete(Handle handle, String sql, Instant before) {
    return handle.createUpdate(sql).bind("before", Times.column(before)).execute();
  }

  private static LoginBrowser browser(ResultSet row, StatementContext context) throws SQLException {
    var ip = Optional.ofNullable(row.getString("ip")).map(InetAddress::ofLiteral);
    return new LoginBrowser(
        new LoginId(row.getString("login_id")),
        LoginBrowser.Kind.of(row.getString("kind")),
        new BrowserInfo(
            Optional.ofNullable(row.getString("browser")),
            Optional.ofNullable(row.getString("system")),
            ip),
        Times.get(row, "opened_at"));
  }
}
