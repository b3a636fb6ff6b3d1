package propusk.sandbox.botapi;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import propusk.sandbox.world.Shelf;
import propusk.sandbox.world.World;
import tools.jackson.databind.node.ObjectNode;

/// The updates that one bot has not confirmed yet, kept in the world for 24 hours.
///
/// One poller at a time: a newer one ends the one that waits with 409, as Telegram does.
///
/// @see <a href="https://core.telegram.org/bots/api#getupdates">getUpdates</a>
final class UpdateQueue {
  private static final long KEPT_SECONDS = Duration.ofDays(1).toSeconds();
  private static final long FIRST_ID = 730_000_001L;

  /// An update as it is stored; `body` is the JSON of what came.
  record Queued(long updateId, String kind, String body, long date) {

    /// As the bot gets it.
    String json() {
      return "{\"update_id\":" + updateId + ",\"" + kind + "\":" + body + "}";
    }

    /// What order is kept by: the chat, else the person, else the update itself.
    long chat() {
      var json = BotApiJson.MAPPER.readTree(body);
      for (var place : List.of(json.path("chat"), json.path("message").path("chat"))) {
        if (place.has("id")) {
          return place.path("id").asLong();
        }
      }
      return json.path("from").path("id").asLong(updateId);
    }
  }

  /// What outlives the updates themselves; no `allowed` means every kind.
  record Cursor(long lastId, @Nullable Set<String> allowed) {}

  private final Shelf<Long, Queued> updates;
  private final Shelf<Long, Cursor> cursors;
  private final long botId;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long poller;
  private String ended = "";
  private Consumer<Queued> listener = _ -> {};

  UpdateQueue(World world, SandboxBot bot) {
    this.botId = bot.id();
    this.clock = world.clock();
    this.updates = world.shelf("update/" + botId, Long.class, Queued.class);
    this.cursors = world.shelf("update_cursor", Long.class, Cursor.class);
  }

  /// Queues an update unless the bot did not ask for this kind.
  void add(String kind, ObjectNode body) {
    lock.lock();
    try {
      var cursor = cursor();
      if (cursor.allowed() != null && !cursor.allowed().contains(kind)) {
        return;
      }
      var id = cursor.lastId() + 1;
      cursors.put(botId, new Cursor(id, cursor.allowed()));
      var update = new Queued(id, kind, body.toString(), clock.instant().getEpochSecond());
      updates.put(id, update);
      changed.signalAll();
      listener.accept(update);
    } finally {
      lock.unlock();
    }
  }

  /// Confirms everything below `offset` and waits until there is something or `wait` is over.
  ///
  /// @param allowed the kinds wanted from now on; empty keeps the earlier wish, an empty set means
  ///   every kind
  List<Queued> poll(long offset, int limit, Duration wait, Optional<Set<String>> allowed)
      throws InterruptedException {
    lock.lock();
    try {
      allowed.ifPresent(this::allow);
      forget(offset);
      endPoll(
          "terminated by other getUpdates request; make sure that only one bot instance is running");
      var mine = poller;
      var left = wait.toNanos();
      while (updates.size() == 0 && left > 0) {
        left = changed.awaitNanos(left);
        if (mine != poller) {
          throw BotApiError.of(409, "Conflict: " + ended);
        }
      }
      return updates.all().stream().limit(limit).toList();
    } finally {
      lock.unlock();
    }
  }

  /// Wakes whoever waits, so that the sandbox can end.
  void close() {
    endPoll("the sandbox ends");
  }

  /// Whoever waits for updates is told why there will be none.
  void endPoll(String why) {
    lock.lock();
    try {
      poller++;
      ended = why;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Tells of what waits, oldest first, and of each new update from now on, on the thread that adds
  /// it. There is one listener at a time.
  void listen(Consumer<Queued> next) {
    lock.lock();
    try {
      updates.all().forEach(next);
      listener = next;
    } finally {
      lock.unlock();
    }
  }

  void stopListening() {
    lock.lock();
    try {
      listener = _ -> {};
    } finally {
      lock.unlock();
    }
  }

  /// The update was delivered, or is given up.
  void confirm(long updateId) {
    updates.remove(updateId);
  }

  void clear() {
    updates.all().forEach(update -> updates.remove(update.updateId()));
  }

  /// Whether it would be dropped after this time.
  boolean isOld(Queued update, Duration later) {
    return clock.instant().plus(later).getEpochSecond() - update.date() > KEPT_SECONDS;
  }

  /// The kinds wanted; empty: every kind.
  Set<String> allowed() {
    var kinds = cursor().allowed();
    return kinds == null ? Set.of() : kinds;
  }

  void allow(Set<String> kinds) {
    cursors.put(botId, new Cursor(cursor().lastId(), kinds.isEmpty() ? null : kinds));
  }

  private void forget(long offset) {
    var oldest = clock.instant().getEpochSecond() - KEPT_SECONDS;
    var all = updates.all();
    var first = offset >= 0 ? offset : fromTheEnd(all, offset);
    all.stream()
        .filter(update -> update.updateId() < first || update.date() < oldest)
        .forEach(update -> updates.remove(update.updateId()));
  }

  private static long fromTheEnd(List<Queued> all, long offset) {
    var index = all.size() + offset;
    return index <= 0 ? 0 : all.get((int) index).updateId();
  }

  private Cursor cursor() {
    return cursors.find(botId).orElseGet(() -> new Cursor(FIRST_ID, null));
  }

  int size() {
    return updates.size();
  }

  /// Waits at most this long for one answer, whatever the bot asks.
  static Duration waiting(long seconds) {
    return Duration.ofSeconds(Math.clamp(seconds, 0, 50));
  }
}
