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
import propusk.domain.seal.SealedArray;
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

  /// Half of what PostgreSQL waits before it looks for a deadlock.
  private static final Duration PATIENCE = Duration.ofMillis(500);

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
        .bind("payloads", new SealedArray(payloads))
        .bind("now", now())
        .execute();
  }

  /// The oldest open update of each of the chats that nobody works on and that have waited longest,
  /// locked until this transaction ends. Those that failed before are left to [#takeFailed], their
  /// chats with them.
  ///
  /// A batch holds the locks of many people, and takes them in any order: it waits for nobody's
  /// longer than [#PATIENCE], so that it gives up before PostgreSQL ends somebody else to undo a
  /// deadlock.
  public List<OpenUpdate> take(Handle handle, long botId, int most) {
    var taken = take(handle, botId, "attempts = 0", most);
    if (!taken.isEmpty()) {
      handle.execute("SET LOCAL lock_timeout = " + PATIENCE.toMillis());
    }
    return taken;
  }

  /// The oldest open update that failed before and is due again, locked until this transaction
  /// ends: it is handled alone.
  public List<OpenUpdate> takeFailed(Handle handle, long botId) {
    return take(handle, botId, "attempts > 0", 1);
  }

  /// The same update once more, after its transaction was rolled back.
  ///
  /// @return none where somebody else has it, or had it
  public List<OpenUpdate> takeAgain(Handle handle, OpenUpdate update) {
    return handle
        .createQuery(
            """
            SELECT update_id FROM inbox
            WHERE bot_id = :bot AND update_id = :update AND state = 'open' AND attempts = :attempts
            FOR UPDATE SKIP LOCKED
            """)
        .bind("bot", update.botId())
        .bind("update", update.updateId())
        .bind("attempts", update.attempts())
        .map((_, _) -> update)
        .list();
  }

  /// One look at an index for each row, and as many rows as are wanted: an aggregate cannot become
  /// a join, whose plan would hang on statistics that know nothing of a flood.
  private List<OpenUpdate> take(Handle handle, long botId, String which, int most) {
    return handle
        .createQuery(
            """
            SELECT update_id, chat_id, attempts, payload FROM inbox oldest
            WHERE bot_id = :bot AND state = 'open' AND due_at <= :now AND %s
              AND update_id = (
                SELECT min(update_id) FROM inbox chat
                WHERE chat.bot_id = oldest.bot_id AND chat.chat_id = oldest.chat_id AND chat.state = 'open')
            ORDER BY due_at, update_id LIMIT :most FOR UPDATE SKIP LOCKED
            """
                .formatted(which))
        .bind("bot", botId)
        .bind("now", now())
        .bind("most", most)
        .map((row, _) ->
            new OpenUpdate(
                botId,
                row.getLong("update_id"),
                row.getLong("chat_id"),
                row.getInt("attempts"),
                json(botId, row.getLong("update_id"), row.getBytes("payload"))))
        .list();
  }

  /// The updates of one bot are handled: in the same transaction as what they caused.
  public void done(Handle handle, long botId, List<OpenUpdate> updates) {
    handle
        .createUpdate(
            """
            UPDATE inbox SET state = 'done', payload = NULL, error = NULL, ended_at = :now
            WHERE bot_id = :bot AND update_id = ANY (:updates)
            """)
        .bind("now", now())
        .bind("bot", botId)
        .bindArray("updates", Long.class, updates.stream().map(OpenUpdate::updateId).toList())
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

  /// Handling failed and was rolled back: try again later, and its chat's other updates after it;
  /// or never when it failed too often.
  ///
  /// @param error a class name; never an error's message, which may hold people's words
  /// @return whether it is dead now
  public boolean failed(Handle handle, OpenUpdate update, String error) {
    var due = now().plus(wait(update.attempts()));
    boolean dead =
        handle
            .createQuery(
                """
                UPDATE inbox SET attempts = attempts + 1, error = :error, due_at = :due,
                  state = CASE WHEN attempts + 1 >= :most THEN 'dead' ELSE 'open' END,
                  ended_at = CASE WHEN attempts + 1 >= :most THEN :now END
                WHERE bot_id = :bot AND update_id = :update AND state = 'open'
                RETURNING state = 'dead'
                """)
            .bind("error", error)
            .bind("due", due)
            .bind("most", ATTEMPTS)
            .bind("now", now())
            .bind("bot", update.botId())
            .bind("update", update.updateId())
            .mapTo(Boolean.class)
            .findOne()
            .orElse(false);
    if (!dead) {
      putOff(handle, update, due);
    }
    return dead;
  }

  /// Nobody looks at updates whose turn cannot come. Those that come meanwhile are looked past.
  private static void putOff(Handle handle, OpenUpdate failed, OffsetDateTime due) {
    handle
        .createUpdate(
            """
            UPDATE inbox SET due_at = :due
            WHERE bot_id = :bot AND chat_id = :chat AND state = 'open' AND due_at < :due
            """)
        .bind("due", due)
        .bind("bot", failed.botId())
        .bind("chat", failed.chatId())
        .execute();
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
