package propusk.domain.webhook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import propusk.domain.time.Times;

/// Lets one process at a time look after a bot's webhook, and keeps what each look saw and did.
public final class WebhookChecks {
  /// Longer than a look can take: what Telegram is asked has deadlines of its own.
  private static final Duration LEASE = Duration.ofMinutes(3);

  private final InstantSource clock;

  public WebhookChecks(InstantSource clock) {
    this.clock = clock;
  }

  /// The right to look now.
  ///
  /// @param until names the lease
  /// @param refused strangers at the door since the last look
  public record Turn(long botId, Instant until, long refused) {}

  /// Takes the turn; empty while another process has it, or when the last look is younger than
  /// `age`.
  public Optional<Turn> claim(Handle handle, long botId, Duration age) {
    var now = clock.instant();
    return handle
        .createQuery(
            """
            INSERT INTO webhook_watch AS watch (bot_id, leased_until) VALUES (:bot, :until)
            ON CONFLICT (bot_id) DO UPDATE SET leased_until = :until
            WHERE (watch.leased_until IS NULL OR watch.leased_until < :now)
              AND (watch.looked_at IS NULL OR watch.looked_at <= :before)
            RETURNING leased_until, refused
            """)
        .bind("bot", botId)
        .bind("until", Times.column(now.plus(LEASE)))
        .bind("now", Times.column(now))
        .bind("before", Times.column(now.minus(age)))
        .map((row, _) -> new Turn(botId, Times.get(row, "leased_until"), row.getLong("refused")))
        .findOne();
  }

  /// Ends the turn with what came of it; changes nothing when the turn was lost meanwhile.
  ///
  /// @return whether it was kept
  public boolean finish(Handle handle, Turn turn, WebhookCheck check) {
    if (!release(handle, turn, Optional.of(check.at()), turn.refused())) {
      return false;
    }
    handle
        .createUpdate(
            """
            INSERT INTO webhook_check (bot_id, checked_at, occasion, address, pending, ip_address,
              last_error_at, last_error, refused, findings, action, outcome, ours)
            VALUES (:bot, :at, :occasion, :address, :pending, :ip, :errorAt, :error, :refused,
              :findings, :action, :outcome, :ours)
            """)
        .bind("bot", check.botId())
        .bind("at", Times.column(check.at()))
        .bind("occasion", check.occasion())
        .bind("address", check.address())
        .bind("pending", check.pending())
        .bind("ip", check.ipAddress().orElse(null))
        .bind("errorAt", Times.column(check.lastErrorAt()))
        .bind("error", check.lastError().orElse(null))
        .bind("refused", check.refused())
        .bind("findings", String.join(",", check.findings()))
        .bind("action", check.action())
        .bind("outcome", check.outcome())
        .bind("ours", check.ours())
        .execute();
    return true;
  }

  /// Gives the turn back: nothing could be seen.
  public void giveUp(Handle handle, Turn turn) {
    release(handle, turn, Optional.empty(), 0);
  }

  /// So many more came to a bot's door without its secret.
  public void refused(Handle handle, long botId, int count) {
    handle
        .createUpdate(
            """
            INSERT INTO webhook_watch AS watch (bot_id, refused) VALUES (:bot, :count)
            ON CONFLICT (bot_id) DO UPDATE SET refused = watch.refused + :count
            """)
        .bind("bot", botId)
        .bind("count", count)
        .execute();
  }

  /// Looks at a bot's webhook, latest first.
  public List<WebhookCheck> latest(Handle handle, long botId, int max) {
    return handle
        .createQuery("SELECT * FROM webhook_check WHERE bot_id = :bot ORDER BY id DESC LIMIT :max")
        .bind("bot", botId)
        .bind("max", max)
        .map(WebhookChecks::check)
        .list();
  }

  /// Forgets looks before `before`.
  public int forget(Handle handle, Instant before) {
    return handle
        .createUpdate("DELETE FROM webhook_check WHERE checked_at < :before")
        .bind("before", Times.column(before))
        .execute();
  }

  private static boolean release(
      Handle handle, Turn turn, Optional<Instant> lookedAt, long refused) {
    return handle
            .createUpdate(
                """
                UPDATE webhook_watch SET leased_until = NULL, refused = refused - :refused,
                  looked_at = coalesce(:at, looked_at)
                WHERE bot_id = :bot AND leased_until = :until
                """)
            .bind("refused", refused)
            .bind("at", Times.column(lookedAt))
            .bind("bot", turn.botId())
            .bind("until", Times.column(turn.until()))
            .execute()
        > 0;
  }

  private static WebhookCheck check(ResultSet row, StatementContext context) throws SQLException {
    var findings = row.getString("findings");
    return new WebhookCheck(
        row.getLong("bot_id"),
        Times.get(row, "checked_at"),
        row.getString("occasion"),
        row.getString("address"),
        row.getInt("pending"),
        Optional.ofNullable(row.getString("ip_address")),
        Times.find(row, "last_error_at"),
        Optional.ofNullable(row.getString("last_error")),
        row.getLong("refused"),
        findings.isEmpty() ? List.of() : List.of(findings.split(",")),
        row.getString("action"),
        row.getString("outcome"),
        row.getBoolean("ours"));
  }
}
