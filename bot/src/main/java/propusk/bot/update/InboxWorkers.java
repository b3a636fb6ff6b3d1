package propusk.bot.update;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.domain.inbox.Inbox;
import propusk.domain.inbox.OpenUpdate;
import propusk.domain.outbox.Outbox;
import propusk.domain.outbox.OutboxMessage;
import propusk.domain.time.Doorbell;

/// Handles a bot's open updates: what each causes, what the bot will answer, and the update's own
/// end commit together, in one transaction for the updates of many chats. Where one of them fails,
/// all are rolled back, and each is handled alone. Workers stand side by side on virtual threads, a
/// chat's updates come one after the other. Every process may run some.
public final class InboxWorkers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InboxWorkers.class);
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  /// Some dozen milliseconds of work: who asks in a flood waits that much longer for the commit.
  private static final int BATCH = 32;

  /// Where the work is slow, a batch ends with what is done by then.
  private static final Duration LONGEST = Duration.ofMillis(200);

  private final long botId;
  private final Jdbi jdbi;
  private final Inbox inbox;
  private final Outbox outbox;
  private final Handler handler;
  private final InstantSource clock;
  private final Doorbell bell = new Doorbell();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closed;

  /// What handles an update inside the transaction that took it.
  public interface Handler {

    /// @param json the update as Telegram sent it
    /// @return what the bot answers; empty when it is no update at all
    Optional<List<OutboxMessage>> handle(Handle handle, long botId, String json);
  }

  /// What is done once an update's transaction was rolled back.
  private interface Broken {
    void accept(List<OpenUpdate> updates, RuntimeException cause);
  }

  public InboxWorkers(
      long botId,
      Jdbi jdbi,
      Inbox inbox,
      Outbox outbox,
      Handler handler,
      InstantSource clock,
      int parallel) {
    this.botId = botId;
    this.jdbi = jdbi;
    this.inbox = inbox;
    this.outbox = outbox;
    this.handler = handler;
    this.clock = clock;
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
      boolean some = handle(handle -> inbox.take(handle, botId, BATCH), this::eachAlone);
      boolean failed = handle(handle -> inbox.takeFailed(handle, botId), this::failed);
      if (!some && !failed) {
        bell.await(HEARTBEAT);
      }
    }
    bell.ring();
  }

  /// Takes updates and handles them, all in one transaction.
  ///
  /// @return whether there were any
  private boolean handle(Function<Handle, List<OpenUpdate>> take, Broken broken) {
    var taken = new ArrayList<OpenUpdate>();
    try {
      jdbi.useTransaction(handle -> {
        taken.addAll(take.apply(handle));
        if (taken.size() == BATCH) {
          // There may be more than one worker's fill.
          bell.ring();
        }
        handle(handle, taken);
      });
    } catch (RuntimeException e) {
      if (taken.isEmpty()) {
        unavailable(e);
      } else {
        broken.accept(taken, e);
      }
    }
    return !taken.isEmpty();
  }

  private void handle(Handle handle, List<OpenUpdate> taken) {
    var done = new ArrayList<OpenUpdate>();
    var answers = new ArrayList<OutboxMessage>();
    var end = clock.instant().plus(LONGEST);
    for (var update : taken) {
      if (!done.isEmpty() && clock.instant().isAfter(end)) {
        break;
      }
      var answer = update.json().flatMap(json -> handler.handle(handle, botId, json));
      if (answer.isPresent()) {
        answers.addAll(answer.get());
        done.add(update);
      } else {
        LOG.error("event=update_unreadable bot={} update={}", botId, update.updateId());
        inbox.unreadable(handle, update);
      }
    }
    if (!done.isEmpty()) {
      outbox.sendAll(handle, answers);
      inbox.done(handle, botId, done);
    }
  }

  private void eachAlone(List<OpenUpdate> updates, RuntimeException cause) {
    LOG.info(
        "event=batch_broken bot={} updates={} reason={}",
        botId,
        updates.size(),
        cause.getClass().getSimpleName());
    for (var update : updates) {
      if (closed) {
        return;
      }
      handle(handle -> inbox.takeAgain(handle, update), this::failed);
    }
  }

  private void failed(List<OpenUpdate> alone, RuntimeException cause) {
    var update = alone.getFirst();
    var reason = cause.getClass().getSimpleName();
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
      unavailable(e);
    }
  }

  /// The database is away: rows are as they were, and no try is counted.
  private void unavailable(RuntimeException cause) {
    LOG.warn("event=inbox_unavailable bot={} reason={}", botId, cause.getClass().getSimpleName());
    bell.await(HEARTBEAT);
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
