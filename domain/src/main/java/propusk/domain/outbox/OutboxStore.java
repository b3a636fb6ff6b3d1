package propusk.domain.outbox;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import propusk.domain.notify.Channel;
import propusk.domain.notify.Notifications;
import propusk.domain.seal.SealedArray;

/// New rows of the outbox. A chat that refused our messages gets none.
final class OutboxStore {
  private final InstantSource clock;

  OutboxStore(InstantSource clock) {
    this.clock = clock;
  }

  /// Ids for so many messages, the smallest first.
  List<Long> nextIds(Handle handle, int count) {
    return handle
        .createQuery(
            """
            SELECT nextval(pg_get_serial_sequence('outbox', 'id')) AS id
            FROM generate_series(1, :count) ORDER BY id
            """)
        .bind("count", count)
        .mapTo(Long.class)
        .list();
  }

  /// Requests as the bot module wrote them, each with its id and sealed.
  void insertRequests(
      Handle handle, List<Long> ids, List<OutboxMessage> messages, byte[][] sealed) {
    int inserted =
        handle
            .createUpdate(
                """
                INSERT INTO outbox (id, bot_id, chat_id, priority, kind, payload, due_at, created_at)
                OVERRIDING SYSTEM VALUE
                SELECT m.id, m.bot, m.chat, m.priority, 'request', m.payload, :now, :now
                FROM unnest(:ids, :bots, :chats, :priorities, :payloads) AS m (id, bot, chat, priority, payload)
                WHERE NOT EXISTS (SELECT 1 FROM blocked_chat b WHERE b.bot_id = m.bot AND b.chat_id = m.chat)
                """)
            .bindArray("ids", Long.class, ids)
            .bindArray("bots", Long.class, each(messages, OutboxMessage::botId))
            .bindArray("chats", Long.class, each(messages, OutboxMessage::chatId))
            .bindArray("priorities", Integer.class, each(messages, it -> it.priority().rank()))
            .bind("payloads", new SealedArray(sealed))
            .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
            .execute();
    if (inserted > 0) {
      hint(handle, messages.stream().map(OutboxMessage::botId));
    }
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
    int inserted =
        handle
            .createUpdate(
                """
                INSERT INTO outbox (bot_id, chat_id, priority, kind, subject, due_at, created_at)
                SELECT :bot, :chat, :priority, :kind, :subject, :due, :now
                WHERE NOT EXISTS (SELECT 1 FROM blocked_chat WHERE bot_id = :bot AND chat_id = :chat)
                """)
            .bind("bot", botId)
            .bind("chat", chatId)
            .bind("priority", priority.rank())
            .bind("kind", kind)
            .bind("subject", subject)
            .bind("due", dueAt.atOffset(ZoneOffset.UTC))
            .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
            .execute();
    if (inserted > 0) {
      hint(handle, Stream.of(botId));
    }
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
    hint(handle, chats.stream().map(Chat::botId));
    return inserted;
  }

  private static void hint(Handle handle, Stream<Long> bots) {
    bots.distinct().forEach(bot -> Notifications.hint(handle, Channel.OUTBOX, Long.toString(bot)));
  }

  private static <T> List<T> each(
      List<OutboxMessage> messages, Function<OutboxMessage, T> property) {
    return messages.stream().map(property).toList();
  }
}
