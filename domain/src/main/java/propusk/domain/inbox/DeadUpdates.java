package propusk.domain.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import propusk.domain.notify.Channel;
import propusk.domain.notify.Notifications;
import propusk.domain.seal.SealedDamaged;
import propusk.domain.seal.Sealer;
import propusk.domain.time.Times;

/// Updates that were put aside, for whoever operates the service: looked at, and tried again.
public final class DeadUpdates {
  private final Sealer sealer;
  private final InstantSource clock;

  /// @param sealer the one of SECRET_KEY
  public DeadUpdates(Sealer sealer, InstantSource clock) {
    this.sealer = sealer;
    this.clock = clock;
  }

  /// @param error a class name, or `unreadable`
  public record DeadUpdate(
      long botId,
      long updateId,
      long chatId,
      int attempts,
      String error,
      Instant receivedAt,
      Instant endedAt) {}

  /// The latest first.
  public List<DeadUpdate> list(Handle handle, int max) {
    return handle
        .createQuery(
            """
            SELECT bot_id, update_id, chat_id, attempts, coalesce(error, '') AS error, received_at, ended_at
            FROM inbox WHERE state = 'dead' ORDER BY ended_at DESC, update_id DESC LIMIT :max
            """)
        .bind("max", max)
        .map((row, _) ->
            new DeadUpdate(
                row.getLong("bot_id"),
                row.getLong("update_id"),
                row.getLong("chat_id"),
                row.getInt("attempts"),
                row.getString("error"),
                Times.get(row, "received_at"),
                Times.get(row, "ended_at")))
        .list();
  }

  /// The update as Telegram sent it. Empty: there is no such dead update, or its seal does not
  /// open.
  public Optional<String> open(Handle handle, long botId, long updateId) {
    return handle
        .createQuery(
            """
            SELECT payload FROM inbox
            WHERE bot_id = :bot AND update_id = :update AND state = 'dead' AND payload IS NOT NULL
            """)
        .bind("bot", botId)
        .bind("update", updateId)
        .map((row, _) -> row.getBytes("payload"))
        .findOne()
        .flatMap(sealed -> opened(sealed, Inbox.seal(botId, updateId)));
  }

  /// Opens the update again, with all its tries.
  ///
  /// @return false: there is no such dead update
  public boolean retry(Handle handle, long botId, long updateId) {
    int opened =
        handle
            .createUpdate(
                """
                UPDATE inbox SET state = 'open', attempts = 0, error = NULL, due_at = :now, ended_at = NULL
                WHERE bot_id = :bot AND update_id = :update AND state = 'dead'
                """)
            .bind("now", Times.column(clock.instant()))
            .bind("bot", botId)
            .bind("update", updateId)
            .execute();
    if (opened > 0) {
      Notifications.hint(handle, Channel.INBOX, Long.toString(botId));
    }
    return opened > 0;
  }

  private Optional<String> opened(byte[] sealed, String seal) {
    try {
      return Optional.of(new String(sealer.open(sealed, seal), UTF_8));
    } catch (SealedDamaged e) {
      return Optional.empty();
    }
  }
}
