package propusk.domain.outbox;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collection;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import propusk.domain.notify.Channel;
import propusk.domain.notify.Notifications;

/// New rows of the outbox. A chat that refused our messages gets none.
final class OutboxStore {
  private final InstantSource clock;

  OutboxStore(InstantSource clock) {
    this.clock = clock;
  }

  long nextId(Handle handle) {
    return handle
        .createQuery("SELECT nextval(pg_get_serial_sequence('outbox', 'id'))")
        .mapTo(Long.class)
        .one();
  }

  /// A request as the bot module wrote it.
  void insertRequest(
      Handle handle, long id, long botId, long chatId, Priority priority, byte[] sealed) {
    insert(handle, id, botId, chatId, priority, "request", null, sealed, clock.instant());
  }

  /// A message whose words are found when it is sent.
  void insertNotice(
      Handle handle, long botId, long chatId, Priority priority, String kind, String subject) {
    insertNotice(handle, botId, chatId, priority, kind, subject, clock.instant());
  }

  /// The same, not to be sent before its time.
  void insertNotice(
      Handle handle,
      long botId,
      long chatId,
      Priority priority,
      String kind,
      String subject,
      Instant dueAt) {
    insert(handle, nextId(handle), botId, chatId, priority, kind, subject, null, dueAt);
  }

  /// The same bulk message for many chats at once.
  ///
  /// @return for how many: chats that refused our messages get none
  int insertForAll(Handle handle, Collection<Chat> chats, String kind, String subject) {
    var now = clock.instant().atOffset(ZoneOffset.UTC);
    int inserted =
        handle
            .createUpdate(
                """
                INSERT INTO outbox (bot_id, chat_id, priority, kind, subject, due_at, created_at)
                SELECT to_tell.bot, to_tell.chat, :priority, :kind, :subject, :now, :now
                FROM unnest(:bots, :chats) AS to_tell (bot, chat)
                WHERE NOT EXISTS (
                  SELECT 1 FROM blocked_chat b WHERE b.bot_id = to_tell.bot AND b.chat_id = to_tell.chat)
                """)
            .bindArray("bots", Long.class, chats.stream().map(Chat::botId).toList())
            .bindArray("chats", Long.class, chats.stream().map(Chat::chatId).toList())
            .bind("priority", Priority.BULK.rank())
            .bind("kind", kind)
            .bind("subject", subject)
            .bind("now", now)
            .execute();
    chats.stream()
        .mapToLong(Chat::botId)
        .distinct()
        .forEach(bot -> Notifications.hint(handle, Channel.OUTBOX, Long.toString(bot)));
    return inserted;
  }

  private void insert(
      Handle handle,
      long id,
      long botId,
      long chatId,
      Priority priority,
      String kind,
      @Nullable String subject,
      byte @Nullable [] sealed,
      Instant dueAt) {
    int inserted =
        handle
            .createUpdate(
                """
                INSERT INTO outbox (id, bot_id, chat_id, priority, kind, subject, payload, due_at, created_at)
                OVERRIDING SYSTEM VALUE
                SELECT :id, :bot, :chat, :priority, :kind, :subject, :payload, :due, :now
                WHERE NOT EXISTS (SELECT 1 FROM blocked_chat WHERE bot_id = :bot AND chat_id = :chat)
                """)
            .bind("id", id)
            .bind("bot", botId)
            .bind("chat", chatId)
            .bind("priority", priority.rank())
            .bind("kind", kind)
            .bind("subject", subject)
            .bind("payload", sealed)
            .bind("due", dueAt.atOffset(ZoneOffset.UTC))
            .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
            .execute();
    if (inserted > 0) {
      Notifications.hint(handle, Channel.OUTBOX, Long.toString(botId));
    }
  }
}
