package propusk.domain.bot;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import propusk.domain.time.Times;

/// What waits in a bot's inbox and outbox, for whoever operates the service.
public final class Backlogs {
  private final InstantSource clock;

  public Backlogs(InstantSource clock) {
    this.clock = clock;
  }

  /// Updates that came and were not handled.
  public Backlog inbox(Handle handle, long botId) {
    return handle
        .createQuery(
            """
            SELECT count(*) AS open, min(received_at) AS oldest,
              (SELECT count(*) FROM inbox WHERE bot_id = :bot AND state = 'dead') AS dead
            FROM inbox WHERE bot_id = :bot AND state = 'open'
            """)
        .bind("bot", botId)
        .map(Backlogs::backlog)
        .one();
  }

  /// Messages that could be sent and were not; one that was planned for later is not late before
  /// its time.
  public Backlog outbox(Handle handle, long botId) {
    return handle
        .createQuery(
            """
            SELECT count(*) AS open, min(CASE WHEN error IS NULL THEN due_at ELSE created_at END) AS oldest,
              (SELECT count(*) FROM outbox WHERE bot_id = :bot AND state = 'dead') AS dead
            FROM outbox WHERE bot_id = :bot AND state = 'open' AND (due_at <= :now OR error IS NOT NULL)
            """)
        .bind("bot", botId)
        .bind("now", Times.column(clock.instant()))
        .map(Backlogs::backlog)
        .one();
  }

  private static Backlog backlog(ResultSet row, StatementContext context) throws SQLException {
    return new Backlog(row.getLong("open"), Times.find(row, "oldest"), row.getLong("dead"));
  }
}
