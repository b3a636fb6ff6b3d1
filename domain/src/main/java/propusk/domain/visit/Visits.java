package propusk.domain.visit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import propusk.domain.account.AccountId;
import propusk.domain.account.Accounts;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.seal.Hashes;
import propusk.domain.seal.Secret;
import propusk.domain.seal.Tokens;
import propusk.domain.time.Times;
import propusk.domain.websession.LoginVia;
import propusk.domain.websession.WebSessionId;
import propusk.domain.websession.WebSessions;

/// Lets people into the Mini App's home, and from there into an ordinary browser by a link that
/// works once. Init data open one visit, in the tab that showed them first; a visit has one link
/// and one web session at a time, so that nothing of it multiplies. Stateless; every call runs in
/// the caller's transaction.
public final class Visits {
  public static final Duration BEARER_LIFE = Duration.ofMinutes(15);
  public static final Duration LINK_LIFE = Duration.ofMinutes(10);

  private final Accounts accounts = new Accounts();
  private final WebSessions webSessions;
  private final InstantSource clock;
  private final Tokens tokens;

  public Visits(WebSessions webSessions, InstantSource clock, Tokens tokens) {
    this.webSessions = webSessions;
    this.clock = clock;
    this.tokens = tokens;
  }

  private record Row(
      AccountId account, Instant linkMadeAt, boolean spent, Optional<WebSessionId> webSession) {}

  /// Lets in whom verified init data prove. The same data open it again in the same tab only, and
  /// end the bearer before.
  ///
  /// @param initDataHash SHA-256 of what Telegram signed
  /// @param tab the tab's own secret
  /// @return the tab's bearer; empty: a replay
  public Optional<Secret> open(
      Handle handle, AccountId account, long botId, byte[] initDataHash, Secret tab) {
    var bearer = tokens.secret();
    var now = clock.instant();
    int opened =
        handle
            .createUpdate(
                """
                INSERT INTO app_visit AS earlier (init_data_hash, account_id, bot_id, tab_hash, bearer_hash, opened_at, expires_at)
                VALUES (:data, :account, :bot, :tab, :bearer, :now, :expires)
                ON CONFLICT (init_data_hash) DO UPDATE SET bearer_hash = excluded.bearer_hash, expires_at = excluded.expires_at
                  WHERE earlier.tab_hash = excluded.tab_hash
                """)
            .bind("data", initDataHash)
            .bind("account", account.value())
            .bind("bot", botId)
            .bind("tab", Hashes.sha256(tab.value()))
            .bind("bearer", Hashes.sha256(bearer.value()))
            .bind("now", Times.column(now))
            .bind("expires", Times.column(now.plus(BEARER_LIFE)))
            .execute();
    return opened == 1 ? Optional.of(bearer) : Optional.empty();
  }

  /// Who has this bearer.
  public Optional<Visit> find(Handle handle, Secret bearer) {
    return handle
        .createQuery(
            "SELECT account_id, bot_id FROM app_visit WHERE bearer_hash = :bearer AND expires_at >"
                + " :now")
        .bind("bearer", Hashes.sha256(bearer.value()))
        .bind("now", Times.column(clock.instant()))
        .map((row, _) -> new Visit(new AccountId(row.getLong("account_id")), row.getLong("bot_id")))
        .findOne();
  }

  /// A new link into an ordinary browser; the one before leads nowhere any more.
  ///
  /// @return empty: this bearer is unknown or too old
  public Optional<Secret> siteLink(Handle handle, Secret bearer) {
    var link = tokens.secret();
    int made =
        handle
            .createUpdate(
                """
                UPDATE app_visit SET link_hash = :link, link_made_at = :now, link_spent_at = NULL
                WHERE bearer_hash = :bearer AND expires_at > :now
                """)
            .bind("link", Hashes.sha256(link.value()))
            .bind("now", Times.column(clock.instant()))
            .bind("bearer", Hashes.sha256(bearer.value()))
            .execute();
    return made == 1 ? Optional.of(link) : Optional.empty();
  }

  /// What this link would do; looking spends nothing.
  public SiteLink look(Handle handle, Secret link) {
    return find(handle, link, "").map(this::judge).orElseGet(SiteLink.Unknown::new);
  }

  /// Spends the link: this browser enters, and the one that an earlier link of the same visit let
  /// in is shown out. Of many that come at once one enters.
  public SiteLink enter(Handle handle, Secret link, BrowserInfo from) {
    find(handle, link, "").ifPresent(seen -> accounts.hold(handle, seen.account()));
    var row = find(handle, link, " FOR UPDATE");
    var judged = row.map(this::judge).orElseGet(SiteLink.Unknown::new);
    if (!(judged instanceof SiteLink.Open(var account))) {
      return judged;
    }
    row.flatMap(Row::webSession).ifPresent(earlier -> webSessions.revoke(handle, account, earlier));
    var cookie = webSessions.enter(handle, LoginVia.TELEGRAM_DIRECT, account, from);
    var entered = webSessions.peek(handle, cookie).orElseThrow();
    handle
        .createUpdate(
            "UPDATE app_visit SET link_spent_at = :now, web_session = :session WHERE link_hash ="
                + " :link")
        .bind("now", Times.column(clock.instant()))
        .bind("session", entered.id().value())
        .bind("link", Hashes.sha256(link.value()))
        .execute();
    return new SiteLink.Entered(cookie);
  }

  /// Deletes visits whose bearer ended before this moment.
  public int forget(Handle handle, Instant before) {
    return handle
        .createUpdate("DELETE FROM app_visit WHERE expires_at < :before")
        .bind("before", Times.column(before))
        .execute();
  }

  private SiteLink judge(Row row) {
    if (row.spent()) {
      return new SiteLink.Spent(row.account());
    }
    boolean old = !clock.instant().isBefore(row.linkMadeAt().plus(LINK_LIFE));
    return old ? new SiteLink.Old() : new SiteLink.Open(row.account());
  }

  private static Optional<Row> find(Handle handle, Secret link, String lock) {
    return handle
        .createQuery("SELECT * FROM app_visit WHERE link_hash = :link" + lock)
        .bind("link", Hashes.sha256(link.value()))
        .map(Visits::row)
        .findOne();
  }

  private static Row row(ResultSet row, StatementContext context) throws SQLException {
    return new Row(
        new AccountId(row.getLong("account_id")),
        Times.get(row, "link_made_at"),
        row.getObject("link_spent_at") != null,
        Optional.ofNullable(row.getObject("web_session", UUID.class)).map(WebSessionId::new));
  }
}
