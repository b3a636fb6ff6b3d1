package propusk.bot.update;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.domain.inbox.Inbox;
import propusk.domain.inbox.OpenUpdate;
import propusk.domain.time.Doorbell;

/// Handles a bot's open updates, one transaction each: what the update causes, what the bot will
/// answer, and the update's own end commit together. Chats run side by side on virtual threads, a
/// chat's updates one after the other. Every process may run some.
public final class InboxWorkers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InboxWorkers.class);
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  private final long botId;
  private final Jdbi jdbi;
  private final Inbox inbox;
  private final Handler handler;
  private final Doorbell bell = new Doorbell();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closed;

  /// What handles an update inside the transaction that took it.
  public interface Handler {

    /// @param json the update as Telegram sent it
    /// @return false when it is no update at all
    boolean handle(Handle handle, long botId, String json);
  }

  public InboxWorkers(long botId, Jdbi jdbi, Inbox inbox, Handler handler, int parallel) {
    this.botId = botId;
    this.jdbi = jdbi;
    this.inbox = inbox;
    this.handler = handler;
    for (int n = 1; n <= parallel; n++) {
      threads.add(Thread.ofVirtual().name("inbox-" + botId + "-" + n).unstarted(this::work));
    }
  }

  public void start() {
    threads.forEach(Thread::start);
  }

  /// New updates may have come.
  public void wake() {
    bell.ring();
  }

  /// Lets the updates under way finish.
  @Override
  public void close() {
    closed = true;
    for (var thread : threads) {
      bell.ring();
      try {
        if (thread.isAlive()) {
          thread.join(Duration.ofSeconds(5));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void work() {
    while (!closed) {
      if (!handleNext()) {
        bell.await(HEARTBEAT);
      }
    }
    bell.ring();
  }

  /// Handles the next update of a free chat.
  ///
  /// @return whether there was one
  private boolean handleNext() {
    var taken = new AtomicReference<@Nullable OpenUpdate>();
    try {
      return jdbi.inTransaction(handle -> handleNext(handle, taken));
    } catch (RuntimeException e) {
      failed(taken.get(), e);
      return taken.get() != null;
    }
  }

  private boolean handleNext(Handle handle, AtomicReference<@Nullable OpenUpdate> taken) {
    var found = inbox.take(handle, botId);
    if (found.isEmpty()) {
      return false;
    }
    bell.ring();
    var update = found.get();
    taken.set(update);
    if (update.json().map(json -> handler.handle(handle, botId, json)).orElse(false)) {
      inbox.done(handle, update);
    } else {
      LOG.error("event=update_unreadable bot={} update={}", botId, update.updateId());
      inbox.unreadable(handle, update);
    }
    return true;
  }

  private void failed(@Nullable OpenUpdate update, RuntimeException cause) {
    var reason = cause.getClass().getSimpleName();
    if (update == null) {
      LOG.warn("event=inbox_unavailable bot={} reason={}", botId, reason);
      bell.await(HEARTBEAT);
      return;
    }
    try {
      boolean dead = jdbi.inTransaction(handle -> inbox.failed(handle, update, reason));
      LOG.error(
          "event=update_failed bot={} update={} attempt={} dead={} reason={} at={}",
          botId,
          update.updateId(),
          update.attempts() + 1,
          dead,
          reason,
          place(cause));
    } catch (RuntimeException e) {
      // The database is away: the row is as it was, and no try is counted.
      LOG.warn("event=inbox_unavailable bot={} reason={}", botId, e.getClass().getSimpleName());
      bell.await(HEARTBEAT);
    }
  }

  /// Where in our code it happened; an exception's message may hold a person's words.
  private static String place(Throwable cause) {
    for (var frame : cause.getStackTrace()) {
      if (frame.getClassName().startsWith("propusk.")) {
        return frame.getClassName() + ":" + frame.getLineNumber();
      }
    }
    return "unknown";
  }
}
