package propusk.domain.magic;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import propusk.domain.account.AccountId;
import propusk.domain.account.Accounts;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.organization.OrganizationId;
import propusk.domain.seal.Hashes;
import propusk.domain.seal.Secret;
import propusk.domain.seal.Tokens;
import propusk.domain.signin.LocalPath;
import propusk.domain.signin.SignInId;
import propusk.domain.time.Times;
import propusk.domain.websession.LoginVia;
import propusk.domain.websession.WebSessions;

/// Links from the chat that let one browser in, whichever it is, once and within [#LIFE]. Looking
/// at one spends nothing. Stateless; every call runs in the caller's transaction.
public final class MagicLinks {
  public static final Duration LIFE = Duration.ofMinutes(10);

  private final Accounts accounts = new Accounts();
  private final WebSessions webSessions;
  private final InstantSource clock;
  private final Tokens tokens;

  public MagicLinks(WebSessions webSessions, InstantSource clock, Tokens tokens) {
    this.webSessions = webSessions;
    this.clock = clock;
    this.tokens = tokens;
  }

  /// Makes the one link of a sign-in.
  ///
  /// @param vouchedBy whose word on the person it rests on, where nobody asked them here
  /// @return empty when it was made before
  public Optional<Secret> make(
      Handle handle,
      SignInId signIn,
      AccountId account,
      Optional<OrganizationId> vouchedBy,
      LocalPath redirect) {
    var secret = tokens.secret();
    var now = clock.instant();
    int made =
        handle
            .createUpdate(
                """
                INSERT INTO magic_link (hash, sign_in_id, account_id, organization_id, redirect, created_at, deadline)
                VALUES (:hash, :signIn, :account, :organization, :redirect, :now, :deadline)
                ON CONFLICT DO NOTHING
                """)
            .bind("hash", Hashes.sha256(secret.value()))
            .bind("signIn", signIn.value())
            .bind("account", account.value())
            .bind("organization", vouchedBy.map(OrganizationId::value).orElse(null))
            .bind("redirect", redirect.value())
            .bind("now", Times.column(now))
            .bind("deadline", Times.column(now.plus(LIFE)))
            .execute();
    return made == 1 ? Optional.of(secret) : Optional.empty();
  }

  /// What a link would do; looking spends nothing.
  public MagicOutcome look(Handle handle, Secret secret) {
    return row(handle, secret).map(this::judge).orElseGet(MagicOutcome.Unknown::new);
  }

  /// Lets the browser in that followed the link and pressed its button.
  public MagicOutcome redeem(Handle handle, Secret secret, BrowserInfo from) {
    row(handle, secret).ifPresent(row -> accounts.hold(handle, row.link().account()));
    var now = clock.instant();
    var redeemed =
        handle
            .createQuery(
                """
                UPDATE magic_link SET spent_at = :now
                WHERE hash = :hash AND spent_at IS NULL AND deadline > :now RETURNING *
                """)
            .bind("now", Times.column(now))
            .bind("hash", Hashes.sha256(secret.value()))
            .map(MagicLinks::row)
            .findOne();
    if (redeemed.isPresent()) {
      var row = redeemed.get();
      return new MagicOutcome.Entered(enter(handle, row, from), row.link().redirect());
    }
    return look(handle, secret);
  }

  private MagicOutcome judge(Row row) {
    if (row.spentAt().isPresent()) {
      return new MagicOutcome.Spent(row.link());
    }
    return clock.instant().isBefore(row.deadline())
        ? new MagicOutcome.Open(row.link())
        : new MagicOutcome.Old(row.link());
  }

  /// Deletes what could not be redeemed any more before this moment.
  public int forget(Handle handle, Instant before) {
    return handle
        .createUpdate("DELETE FROM magic_link WHERE deadline < :before")
        .bind("before", Times.column(before))
        .execute();
  }

  private Secret enter(Handle handle, Row row, BrowserInfo from) {
    var account = row.link().account();
    return row.vouchedBy()
        .map(organization ->
            webSessions.enterFor(handle, organization, LoginVia.TELEGRAM_CONFIRM, account, from))
        .orElseGet(() -> webSessions.enter(handle, LoginVia.TELEGRAM_CONFIRM, account, from));
  }

  private record Row(
      MagicLink link,
      Optional<OrganizationId> vouchedBy,
      Instant deadline,
      Optional<Instant> spentAt) {}

  private static Optional<Row> row(Handle handle, Secret secret) {
    return handle
        .createQuery("SELECT * FROM magic_link WHERE hash = :hash")
        .bind("hash", Hashes.sha256(secret.value()))
        .map(MagicLinks::row)
        .findOne();
  }

  private static Row row(ResultSet row, StatementContext context) throws SQLException {
    return new Row(
        new MagicLink(
            new AccountId(row.getLong("account_id")), new LocalPath(row.getString("redirect"))),
        Optional.ofNullable(row.getObject("organization_id", Long.class)).map(OrganizationId::new),
        Times.get(row, "deadline"),
        Times.find(row, "spent_at"));
  }
}
