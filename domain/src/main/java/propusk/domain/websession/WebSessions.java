package propusk.domain.websession;

import java.net.InetAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import propusk.domain.account.AccountId;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.login.LoginId;
import propusk.domain.notify.Channel;
import propusk.domain.notify.Notifications;
import propusk.domain.organization.OrganizationId;
import propusk.domain.seal.Hashes;
import propusk.domain.seal.Secret;
import propusk.domain.seal.Tokens;
import propusk.domain.time.Times;

/// Lets browsers in, knows them again, and shows them out. A web session ends [#IDLE] after it was
/// shown last, and [#LIFE] after it began at the latest; an ended one is never let in again. Each
/// entry gets a new id, so that an id known before opens nothing. Stateless; every call runs in the
/// caller's transaction.
public final class WebSessions {
  public static final Duration IDLE = Duration.ofMinutes(30);
  public static final Duration LIFE = Duration.ofHours(12);

  /// How long a browser whose answer was lost may ask again.
  static final Duration HANDED_OUT_AGAIN = Duration.ofMinutes(10);

  private static final String ALIVE =
      "revoked_at IS NULL AND expires_at > :now AND coalesce(seen_at, created_at) > :idle ";

  private final InstantSource clock;
  private final Tokens tokens;

  public WebSessions(InstantSource clock, Tokens tokens) {
    this.clock = clock;
    this.tokens = tokens;
  }

  /// Lets the browser in that completed this login. It may ask once more, for as long as the first
  /// cookie was never shown to us: then that one ends and a new one is handed out.
  ///
  /// @return its cookie; empty when this login has let in whom it may
  public Optional<Secret> enter(Handle handle, LoginId login, AccountId account, BrowserInfo from) {
    var cookie = tokens.secret();
    var now = clock.instant();
    int made =
        handle
            .createUpdate(
                """
                INSERT INTO web_session AS earlier (id_hash, account_id, login_via, login_id, browser, system, ip, created_at, expires_at)
                VALUES (:hash, :account, :via, :login, :browser, :system, CAST(:ip AS inet), :now, :expires)
                ON CONFLICT (login_id) DO UPDATE SET id_hash = excluded.id_hash, handed_out = earlier.handed_out + 1
                  WHERE earlier.handed_out = 1 AND earlier.seen_at IS NULL AND earlier.revoked_at IS NULL
                    AND earlier.created_at > :recent
                """)
            .bind("hash", Hashes.sha256(cookie.value()))
            .bind("account", account.value())
            .bind("via", LoginVia.TELEGRAM_CODE.code())
            .bind("login", login.value())
            .bind("browser", from.browser().orElse(null))
            .bind("system", from.system().orElse(null))
            .bind("ip", from.ip().map(InetAddress::getHostAddress).orElse(null))
            .bind("now", Times.column(now))
            .bind("expires", Times.column(now.plus(LIFE)))
            .bind("recent", Times.column(now.minus(HANDED_OUT_AGAIN)))
            .execute();
    return made == 1 ? Optional.of(cookie) : Optional.empty();
  }

  /// Lets a browser in that showed another proof than a login: whoever calls has checked it and
  /// made sure that it counts once.
  ///
  /// @return its cookie
  public Secret enter(Handle handle, LoginVia via, AccountId account, BrowserInfo from) {
    return enter(handle, via, Optional.empty(), account, from);
  }

  /// Lets a browser in because an organization vouches for the person, by its service key: what
  /// comes of it is good for that organization's pages and for nothing else, see [#showTo].
  ///
  /// @return its cookie
  public Secret enterFor(
      Handle handle,
      OrganizationId organization,
      LoginVia via,
      AccountId account,
      BrowserInfo from) {
    return enter(handle, via, Optional.of(organization), account, from);
  }

  private Secret enter(
      Handle handle,
      LoginVia via,
      Optional<OrganizationId> organization,
      AccountId account,
      BrowserInfo from) {
    var cookie = tokens.secret();
    var now = clock.instant();
    handle
        .createUpdate(
            """
            INSERT INTO web_session (id_hash, account_id, login_via, organization_id, browser, system, ip, created_at, expires_at)
            VALUES (:hash, :account, :via, :organization, :browser, :system, CAST(:ip AS inet), :now, :expires)
            """)
        .bind("hash", Hashes.sha256(cookie.value()))
        .bind("account", account.value())
        .bind("via", via.code())
        .bind("organization", organization.map(OrganizationId::value).orElse(null))
        .bind("browser", from.browser().orElse(null))
        .bind("system", from.system().orElse(null))
        .bind("ip", from.ip().map(InetAddress::getHostAddress).orElse(null))
        .bind("now", Times.column(now))
        .bind("expires", Times.column(now.plus(LIFE)))
        .execute();
    return cookie;
  }

  /// Whether a completed login may still let a browser in.
  public boolean mayEnter(Handle handle, LoginId login) {
    return handle
        .createQuery(
            """
            SELECT NOT EXISTS (SELECT 1 FROM web_session WHERE login_id = :login
              AND NOT (handed_out = 1 AND seen_at IS NULL AND revoked_at IS NULL AND created_at > :recent))
            """)
        .bind("login", login.value())
        .bind("recent", Times.column(clock.instant().minus(HANDED_OUT_AGAIN)))
        .mapTo(Boolean.class)
        .one();
  }

  /// Whose browser shows this cookie; being shown, it goes on for another [#IDLE]. One that is good
  /// for an organization's pages only is none here.
  public Optional<WebSession> show(Handle handle, Secret cookie) {
    return show(handle, cookie, Optional.empty());
  }

  /// The same on a page of this organization, where also those count that it vouched for.
  public Optional<WebSession> showTo(Handle handle, OrganizationId organization, Secret cookie) {
    return show(handle, cookie, Optional.of(organization));
  }

  private Optional<WebSession> show(
      Handle handle, Secret cookie, Optional<OrganizationId> organization) {
    return handle
        .createQuery(
            """
            UPDATE web_session SET seen_at = :now
            WHERE id_hash = :hash AND (organization_id IS NULL OR organization_id = :organization) AND
            """
                + ALIVE
                + "RETURNING *")
        .bind("hash", Hashes.sha256(cookie.value()))
        .bind("organization", organization.map(OrganizationId::value).orElse(null))
        .bindMap(alive())
        .map(WebSessions::session)
        .findOne();
  }

  /// Whose browser has this cookie, where a page only watches: its time does not go on. As with
  /// [#show], one that is good for an organization only is none.
  public Optional<WebSession> peek(Handle handle, Secret cookie) {
    return handle
        .createQuery(
            "SELECT * FROM web_session WHERE id_hash = :hash AND organization_id IS NULL AND "
                + ALIVE)
        .bind("hash", Hashes.sha256(cookie.value()))
        .bindMap(alive())
        .map(WebSessions::session)
        .findOne();
  }

  /// The browsers that are in, the one shown last first.
  public List<WebSession> list(Handle handle, AccountId account) {
    return handle
        .createQuery(
            "SELECT * FROM web_session WHERE account_id = :account AND "
                + ALIVE
                + "ORDER BY coalesce(seen_at, created_at) DESC, id")
        .bind("account", account.value())
        .bindMap(alive())
        .map(WebSessions::session)
        .list();
  }

  /// Shows this browser out. False: it was not in.
  public boolean revoke(Handle handle, Secret cookie) {
    return revoke(handle, "id_hash = :hash", Map.of("hash", Hashes.sha256(cookie.value()))) == 1;
  }

  /// Shows one of an account's browsers out. False: it is not theirs, or was not in.
  public boolean revoke(Handle handle, AccountId account, WebSessionId id) {
    return revoke(
            handle,
            "account_id = :account AND id = :id",
            Map.of("account", account.value(), "id", id.value()))
        == 1;
  }

  /// Shows all browsers of an account out but this one.
  public int revokeOthers(Handle handle, AccountId account, WebSessionId kept) {
    return revoke(
        handle,
        "account_id = :account AND id <> :id",
        Map.of("account", account.value(), "id", kept.value()));
  }

  /// Shows all browsers of an account out.
  public int revokeAll(Handle handle, AccountId account) {
    return revoke(handle, "account_id = :account", Map.of("account", account.value()));
  }

  /// Notes which remembered browser this is: both end together.
  ///
  /// @param deviceId a string here, so that this package does not know devices
  public void openedBy(Handle handle, Secret cookie, String deviceId) {
    handle
        .createUpdate("UPDATE web_session SET device_id = :device WHERE id_hash = :hash")
        .bind("device", deviceId)
        .bind("hash", Hashes.sha256(cookie.value()))
        .execute();
  }

  /// Shows a remembered browser out, wherever its cookies are.
  public int revokeOpenedBy(Handle handle, String deviceId) {
    return revoke(handle, "device_id = :device", Map.of("device", deviceId));
  }

  /// Those who watch with such a session hear it at once, in whatever process.
  private int revoke(Handle handle, String which, Map<String, ?> values) {
    var accounts =
        handle
            .createQuery(
                "UPDATE web_session SET revoked_at = :now WHERE revoked_at IS NULL AND "
                    + which
                    + " RETURNING account_id")
            .bind("now", Times.column(clock.instant()))
            .bindMap(values)
            .mapTo(Long.class)
            .list();
    accounts.stream()
        .distinct()
        .forEach(account -> Notifications.hint(handle, Channel.ACCOUNT, Long.toString(account)));
    return accounts.size();
  }

  /// Deletes what ended before this moment.
  public int forget(Handle handle, Instant before) {
    return handle
        .createUpdate("DELETE FROM web_session WHERE expires_at < :before")
        .bind("before", Times.column(before))
        .execute();
  }

  private Map<String, ?> alive() {
    var now = clock.instant();
    return Map.of("now", Times.column(now), "idle", Times.column(now.minus(IDLE)));
  }

  private static WebSession session(ResultSet row, StatementContext context) throws SQLException {
    var createdAt = Times.get(row, "created_at");
    return new WebSession(
        new WebSessionId(row.getObject("id", UUID.class)),
        new AccountId(row.getLong("account_id")),
        LoginVia.of(row.getString("login_via")),
        organization(row),
        new BrowserInfo(
            Optional.ofNullable(row.getString("browser")),
            Optional.ofNullable(row.getString("system")),
            Optional.ofNullable(row.getString("ip")).map(InetAddress::ofLiteral)),
        createdAt,
        Times.find(row, "seen_at").orElse(createdAt),
        Times.get(row, "expires_at"));
  }

  private static Optional<OrganizationId> organization(ResultSet row) throws SQLException {
    long id = row.getLong("organization_id");
    return row.wasNull() ? Optional.empty() : Optional.of(new OrganizationId(id));
  }
}
