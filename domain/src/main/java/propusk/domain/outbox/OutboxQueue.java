package propusk.domain.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import propusk.domain.seal.SealedDamaged;
import propusk.domain.seal.Sealer;

/// The sender's side of the outbox. One process sends for a bot at a time (see
/// [propusk.domain.bot.BotLine]), so nothing is claimed here: a message stays open until it is
/// known to have been sent.
public final class OutboxQueue {
  /// Tries before a message is dead: with the waits between them about two hours.
  public static final int ATTEMPTS = 30;

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private final Sealer sealer;
  private final InstantSource clock;

  /// @param sealer holds `SECRET_KEY`
  public OutboxQueue(Sealer sealer, InstantSource clock) {
    this.sealer = sealer;
    this.clock = clock;
  }

  /// The first message of each chat that may be sent now, replies first. One look at an index for
  /// each row: a join's plan would hang on statistics that know nothing of a flood.
  ///
  /// @param busy chats to leave out: a message of theirs is on its way, or they must rest
  /// @param least what is less urgent than this is left out
  public List<OpenMessage> due(
      Handle handle, long botId, Collection<Long> busy, Priority least, int most) {
    return handle
        .createQuery(
            """
            SELECT id, bot_id, chat_id, attempts, kind, subject, payload FROM outbox first
            WHERE bot_id = :bot AND state = 'open' AND due_at <= :now AND priority <= :least
              AND chat_id <> ALL (:busy)
              AND id = (
                SELECT id FROM outbox chat
                WHERE chat.bot_id = first.bot_id AND chat.chat_id = first.chat_id AND chat.state = 'open'
                  -- one that was never tried and waits for a later time holds nobody up
                  AND NOT (chat.due_at > :now AND chat.attempts = 0 AND chat.error IS NULL)
                ORDER BY priority, id LIMIT 1)
            ORDER BY priority, id LIMIT :most
            """)
        .bind("bot", botId)
        .bind("now", now())
        .bindArray("busy", Long.class, busy)
        .bind("least", least.rank())
        .bind("most", most)
        .map(this::message)
        .list();
  }

  /// Telegram took the message.
  public void sent(Handle handle, OpenMessage message) {
    end(handle, message, "sent", null);
  }

  /// There is nothing to send any more, or Telegram will never take it.
  public void dropped(Handle handle, OpenMessage message, String reason) {
    end(handle, message, "dropped", reason);
  }

  /// Telegram refuses this very message: it is put aside for an admin.
  public void dead(Handle handle, OpenMessage message, String reason) {
    end(handle, message, "dead", reason);
  }

  /// Telegram asked for a pause: no failed try is counted.
  public void pause(Handle handle, OpenMessage message, Instant until) {
    handle
        .createUpdate("UPDATE outbox SET due_at = :due, error = 'flood' WHERE id = :id")
        .bind("due", until.atOffset(ZoneOffset.UTC))
        .bind("id", message.id())
        .execute();
  }

  /// Sending failed for now: its chat waits 1 s, 2 s, 4 s … 5 min; after [#ATTEMPTS] tries the
  /// message is dead and the chat goes on.
  public void failed(Handle handle, OpenMessage message, String error) {
    if (message.attempts() + 1 >= ATTEMPTS) {
      dead(handle, message, error);
      return;
    }
    var wait = Duration.ofSeconds(1L << Math.min(message.attempts(), 10));
    handle
        .createUpdate(
            "UPDATE outbox SET attempts = attempts + 1, due_at = :due, error = :error WHERE id ="
                + " :id")
        .bind("due", now().plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT))
        .bind("error", error)
        .bind("id", message.id())
        .execute();
  }

  /// Forgets messages that ended before `before`.
  public int forget(Handle handle, Instant before) {
    return handle
        .createUpdate(
            "DELETE FROM outbox WHERE state IN ('sent', 'dropped') AND ended_at < :before")
        .bind("before", before.atOffset(ZoneOffset.UTC))
        .execute();
  }

  private void end(Handle handle, OpenMessage message, String state, @Nullable String error) {
    handle
        .createUpdate(
            """
            UPDATE outbox SET state = :state, error = :error, ended_at = :now,
              payload = CASE WHEN :state = 'dead' THEN payload END
            WHERE id = :id AND state = 'open'
            """)
        .bind("state", state)
        .bind("error", error)
        .bind("now", now())
        .bind("id", message.id())
        .execute();
  }

  private OpenMessage message(ResultSet row, StatementContext context) throws SQLException {
    return new OpenMessage(
        row.getLong("id"),
        row.getLong("bot_id"),
        row.getLong("chat_id"),
        row.getInt("attempts"),
        content(row));
  }

  private OpenMessage.Content content(ResultSet row) throws SQLException {
    return switch (row.getString("kind")) {
      case Notices.LOGIN_ENDED -> new OpenMessage.Content.LoginEnded(row.getString("subject"));
      case Notices.LOGIN_MAY_GO_ON ->
          new OpenMessage.Content.LoginMayGoOn(row.getString("subject"));
      case Notices.SESSION_ENDED -> new OpenMessage.Content.SessionEnded(row.getString("subject"));
      case Notices.DATA_DELETED -> new OpenMessage.Content.DataDeleted(row.getString("subject"));
      case Notices.NEW_EVENT -> new OpenMessage.Content.NewEvent(row.getString("subject"));
      case Notices.EVENT_CANCELLED ->
          new OpenMessage.Content.EventCancelled(row.getString("subject"));
      case Notices.DEVICE_STOLEN -> new OpenMessage.Content.DeviceStolen(row.getString("subject"));
      case Notices.SIGN_IN_ASKED -> new OpenMessage.Content.SignInAsked(row.getString("subject"));
      case Notices.REGISTRATION_CODE ->
          new OpenMessage.Content.RegistrationCode(row.getString("subject"));
      default -> request(row);
    };
  }

  private OpenMessage.Content request(ResultSet row) throws SQLException {
    try {
      var request = sealer.open(row.getBytes("payload"), Outbox.seal(row.getLong("id")));
      return new OpenMessage.Content.Request(new String(request, UTF_8));
    } catch (SealedDamaged e) {
      return new OpenMessage.Content.Unreadable();
    }
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
