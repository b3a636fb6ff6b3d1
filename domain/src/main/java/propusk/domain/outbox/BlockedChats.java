package propusk.domain.outbox;

import java.time.InstantSource;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Handle;

/// Chats that refuse our messages: the person blocked the bot, or is gone.
public final class BlockedChats {
  private final InstantSource clock;

  public BlockedChats(InstantSource clock) {
    this.clock = clock;
  }

  /// Telegram refused a message for this chat, or told us of the block: whatever waits is dropped.
  public void blocked(Handle handle, long botId, long chatId) {
    var now = clock.instant().atOffset(ZoneOffset.UTC);
    handle
        .createUpdate(
            """
            INSERT INTO blocked_chat (bot_id, chat_id, blocked_at) VALUES (:bot, :chat, :now)
            ON CONFLICT DO NOTHING
            """)
        .bind("bot", botId)
        .bind("chat", chatId)
        .bind("now", now)
        .execute();
    handle
        .createUpdate(
            """
            UPDATE outbox SET state = 'dropped', error = 'blocked', payload = NULL, ended_at = :now
            WHERE bot_id = :bot AND chat_id = :chat AND state = 'open'
            """)
        .bind("bot", botId)
        .bind("chat", chatId)
        .bind("now", now)
        .execute();
  }

  /// The person wrote to us or let the bot in again.
  public void unblocked(Handle handle, long botId, long chatId) {
    handle
        .createUpdate("DELETE FROM blocked_chat WHERE bot_id = :bot AND chat_id = :chat")
        .bind("bot", botId)
        .bind("chat", chatId)
        .execute();
  }
}
