package propusk.domain.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import propusk.domain.seal.SealedDamaged;
import propusk.domain.seal.Sealer;

/// Updates from the moment Telegram hands them over until they are handled: at least once, in order
/// per chat, with effects at most once because [#done] belongs to the transaction of the effect. An
/// update that keeps failing is put aside as dead after [#ATTEMPTS] tries and its chat goes on.
///
/// Whoever handles an update holds its row's lock, which ends with the process at the latest: so an
/// update whose process died is open again at once, and nobody has to look for such.
public final class Inbox {
  /// Tries before an update is dead: about two minutes, as its chat waits meanwhile.
  public static final int ATTEMPTS = 8;

  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

  private final Sealer sealer;
  private final InstantSource clock;

  /// @param sealer holds `SECRET_KEY`
  public Inbox(Sealer sealer, InstantSource clock) {
    this.sealer = sealer;
    this.clock = clock;
  }

  /// Keeps what is new of `updates` and drops what is here already. One statement for all of them,
  /// in the order of their numbers: two processes that store the same updates cannot lock each
  /// other out.
  ///
  /// @return how many were new
  public int store(Handle handle, long botId, List<ReceivedUpdate> updates) {
    if (updates.isEmpty()) {
      return 0;
    }
    var sorted =
        updates.stream().sorted(Comparator.comparingLong(ReceivedUpdate::updateId)).toList();
    var payloads = sorted.stream().map(update -> sealed(botId, update)).toArray(byte[][]::new);
    return handle
        .createUpdate(
            """
            INSERT INTO inbox (bot_id, update_id, chat_id, payload, due_at, received_at)
            SELECT :bot, update_id, chat_id, payload, :now, :now
            FROM unnest(:updates, :chats, :payloads) AS received (update_id, chat_id, payload)
            ON CONFLICT (bot_id, update_id) DO NOTHING
            """)
        .bind("bot", botId)
        .bindArray("updates", Long.class, sorted.stream().map(ReceivedUpdate::updateId).toList())
        .bindArray("chats", Long.class, sorted.stream().map(ReceivedUpdate::chatId).toList())
        .bind("payloads", byteArrays(payloads))
        .bind("now", now())
        .execute();
  }

  /// The oldest open update of a chat nobody works on, locked until this transaction ends. A chat
  /// whose oldest update waits for another try waits with it.
  public Optional<OpenUpdate> take(Handle handle, long botId) {
    return handle
        .createQuery(
            """
            SELECT update_id, chat_id, attempts, payload FROM inbox oldest
            WHERE bot_id = :bot AND state = 'open' AND due_at <= :now
              AND NOT EXISTS (
                SELECT 1 FROM inbox earlier
                WHERE earlier.bot_id = oldest.bot_id AND earlier.chat_id = oldest.chat_id
                  AND earlier.state = 'open' AND earlier.update_id < oldest.update_id)
            ORDER BY received_at, update_id LIMIT 1 FOR UPDATE SKIP LOCKED
            """)
        .bind("bot", botId)
        .bind("now", now())
        .map((row, _) ->
            new OpenUpdate(
                botId,
                row.getLong("update_id"),
                row.getLong("chat_id"),
                row.getInt("attempts"),
                json(botId, row.getLong("update_id"), row.getBytes("payload"))))
        .findOne();
  }

  /// The update is handled: in the same transaction as what it caused.
  public void done(Handle handle, OpenUpdate update) {
    handle
        .createUpdate(
            """
            UPDATE inbox SET state = 'done', payload = NULL, error = NULL, ended_at = :now
            WHERE bot_id = :bot AND update_id = :update
            """)
        .bind("now", now())
        .bind("bot", update.botId())
        .bind("update", update.updateId())
        .execute();
  }

  /// The update cannot be read at all: it is put aside for an admin.
  public void unreadable(Handle handle, OpenUpdate update) {
    handle
        .createUpdate(
            """
            UPDATE inbox SET state = 'dead', error = 'unreadable', ended_at = :now
            WHERE bot_id = :bot AND update_id = :update
            """)
        .bind("now", now())
        .bind("bot", update.botId())
        .bind("update", update.updateId())
        .execute();
  }

  /// Handling failed and was rolled back: try again later, or never when it failed too often.
  ///
  /// @param error a class name; never an error's message, which may hold people's words
  /// @return whether it is dead now
  public boolean failed(Handle handle, OpenUpdate update, String error) {
    return handle
        .createQuery(
            """
            UPDATE inbox SET attempts = attempts + 1, error = :error, due_at = :due,
              state = CASE WHEN attempts + 1 >= :most THEN 'dead' ELSE 'open' END,
              ended_at = CASE WHEN attempts + 1 >= :most THEN :now END
            WHERE bot_id = :bot AND update_id = :update AND state = 'open'
            RETURNING state = 'dead'
            """)
        .bind("error", error)
        .bind("due", now().plus(wait(update.attempts())))
        .bind("most", ATTEMPTS)
        .bind("now", now())
        .bind("bot", update.botId())
        .bind("update", update.updateId())
        .mapTo(Boolean.class)
        .findOne()
        .orElse(false);
  }

  /// Forgets updates handled before `before`. Telegram repeats an update for 24 hours at most, so
  /// whoever keeps them longer than that still drops every repeat.
  public int forget(Handle handle, Instant before) {
    return handle
        .createUpdate("DELETE FROM inbox WHERE state = 'done' AND ended_at < :before")
        .bind("before", before.atOffset(ZoneOffset.UTC))
        .execute();
  }

  private byte[] sealed(long botId, ReceivedUpdate update) {
    return sealer.seal(update.json().getBytes(UTF_8), seal(botId, update.updateId()));
  }

  private static Argument byteArrays(byte[][] arrays) {
    return (position, statement, _) ->
        statement.setArray(position, statement.getConnection().createArrayOf("bytea", arrays));
  }

  private Optional<String> json(long botId, long updateId, byte[] sealed) {
    try {
      return Optional.of(new String(sealer.open(sealed, seal(botId, updateId)), UTF_8));
    } catch (SealedDamaged e) {
      return Optional.empty();
    }
  }

  /// 1 s, 2 s, 4 s … about a minute.
  private static Duration wait(int attempts) {
    return FIRST_WAIT.multipliedBy(1L << Math.min(attempts, 6));
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  static String seal(long botId, long updateId) {
    return "inbox:" + botId + ":" + updateId;
  }
}
