package propusk.domain.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.InstantSource;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import propusk.domain.notify.Channel;
import propusk.domain.notify.Notifications;
import propusk.domain.seal.Sealer;

/// Messages our bots owe: written in the transaction of the change they tell of and sent after its
/// commit, in order per chat. After a crash a message may be sent again; it is never lost. A chat
/// that refused our messages gets none until the person writes again.
public final class Outbox {
  private final Sealer sealer;
  private final InstantSource clock;

  /// @param sealer holds `SECRET_KEY`
  public Outbox(Sealer sealer, InstantSource clock) {
    this.sealer = sealer;
    this.clock = clock;
  }

  public void send(Handle handle, OutboxMessage message) {
    long id = nextId(handle);
    var sealed = sealer.seal(message.request().getBytes(UTF_8), seal(id));
    insert(handle, id, message.botId(), message.chatId(), message.priority(), null, sealed);
  }

  /// Tells how a login ended. The words are found when the message is sent, in the person's
  /// language.
  ///
  /// @param loginId the login's id; a string here, so that this package does not know logins
  public void loginEnded(Handle handle, long botId, long chatId, String loginId) {
    insert(handle, nextId(handle), botId, chatId, Priority.REPLY, loginId, null);
  }

  private void insert(
      Handle handle,
      long id,
      long botId,
      long chatId,
      Priority priority,
      @Nullable String loginId,
      byte @Nullable [] sealed) {
    int inserted =
        handle
            .createUpdate(
                """
                INSERT INTO outbox (id, bot_id, chat_id, priority, kind, subject, payload, due_at, created_at)
                OVERRIDING SYSTEM VALUE
                SELECT :id, :bot, :chat, :priority, :kind, :subject, :payload, :now, :now
                WHERE NOT EXISTS (SELECT 1 FROM blocked_chat WHERE bot_id = :bot AND chat_id = :chat)
                """)
            .bind("id", id)
            .bind("bot", botId)
            .bind("chat", chatId)
            .bind("priority", priority.rank())
            .bind("kind", loginId == null ? "request" : "login_ended")
            .bind("subject", loginId)
            .bind("payload", sealed)
            .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
            .execute();
    if (inserted > 0) {
      Notifications.hint(handle, Channel.OUTBOX, Long.toString(botId));
    }
  }

  private static long nextId(Handle handle) {
    return handle
        .createQuery("SELECT nextval(pg_get_serial_sequence('outbox', 'id'))")
        .mapTo(Long.class)
        .one();
  }

  static String seal(long id) {
    return "outbox:" + id;
  }
}
