package propusk.sandbox.botapi;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import propusk.sandbox.botapi.UpdateQueue.Queued;
import propusk.sandbox.world.World;

/// Brings a bot's updates to its webhook as Telegram does: those of one chat one after the other,
/// chats side by side up to `max_connections`. A refused one is tried again at once, then after 2,
/// 4, 8 … seconds up to a minute or two, or when `Retry-After` says, an hour at most; after a day
/// it is dropped.
///
/// @see <a href="https://github.com/tdlib/telegram-bot-api">WebhookActor.cpp</a>
final class WebhookDelivery implements AutoCloseable {
  private static final long LONGEST_RETRY_AFTER = 3_600;
  private static final int LONGEST_PAUSE = 60;

  private final Webhook webhook;
  private final UpdateQueue queue;
  private final World world;
  private final Events events;
  private final WebhookPost post;
  private final Random random = new Random(1);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Long, Line> lines = new HashMap<>();
  private final PriorityQueue<Line> waiting =
      new PriorityQueue<>(
          Comparator.comparing((Line line) -> line.due).thenComparingLong(line -> line.turn));
  private final List<Thread> threads = new ArrayList<>();
  private long turns;
  private boolean closed;

  /// Who hears what came of each delivery.
  interface Events {
    void accepted(Queued update, String body);

    void failed(Queued update, WebhookPost.Outcome.Failed failure);

    void repeated(Queued update);
  }

  /// The updates of one chat, the oldest of which is due at a time.
  private static final class Line {
    private final Deque<Queued> updates = new ArrayDeque<>();
    private Instant due = Instant.EPOCH;
    private long turn;
    private int fails;
    private long pause = 1;
  }

  WebhookDelivery(
      Webhook webhook, UpdateQueue queue, World world, WebhookPost post, Events events) {
    this.webhook = webhook;
    this.queue = queue;
    this.world = world;
    this.post = post;
    this.events = events;
  }

  void start() {
    queue.listen(this::add);
    for (int n = 1; n <= webhook.maxConnections(); n++) {
      threads.add(Thread.ofVirtual().name("webhook-" + n).start(this::work));
    }
  }

  /// Time was skipped: what waits may be due.
  void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    queue.stopListening();
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    threads.forEach(Thread::interrupt);
  }

  private void add(Queued update) {
    lock.lock();
    try {
      var line = lines.computeIfAbsent(update.chat(), _ -> new Line());
      line.updates.add(update);
      if (line.updates.size() == 1) {
        queueUp(line);
      }
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    try {
      for (var line = next(); line != null; line = next()) {
        deliver(line, first(line));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The line whose turn it is; null at the end.
  private @Nullable Line next() throws InterruptedException {
    lock.lock();
    try {
      while (!closed) {
        var first = waiting.peek();
        var left = first == null ? null : Duration.between(world.clock().instant(), first.due);
        if (left == null) {
          changed.await();
        } else if (left.isPositive()) {
          changed.await(left.toMillis() + 1, TimeUnit.MILLISECONDS);
        } else {
          return waiting.poll();
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private Queued first(Line line) {
    lock.lock();
    try {
      return line.updates.getFirst();
    } finally {
      lock.unlock();
    }
  }

  private void deliver(Line line, Queued update) throws InterruptedException {
    if (queue.isOld(update, Duration.ZERO)) {
      over(line, update);
      return;
    }
    switch (post.send(webhook, update.json())) {
      case WebhookPost.Outcome.Accepted(var body) -> {
        if (random.nextInt(100) < world.faults().plan().webhookDuplicatePercent().orElse(0)) {
          events.repeated(update);
          post.send(webhook, update.json());
        }
        events.accepted(update, body);
        over(line, update);
      }
      case WebhookPost.Outcome.Failed failure -> {
        events.failed(update, failure);
        putOff(line, update, failure.retryAfter());
      }
    }
  }

  /// The update is delivered or dropped, and the next one of its chat may go.
  private void over(Line line, Queued update) {
    queue.confirm(update.updateId());
    lock.lock();
    try {
      line.updates.removeFirst();
      line.fails = 0;
      line.pause = 1;
      line.due = Instant.EPOCH;
      if (line.updates.isEmpty()) {
        lines.remove(update.chat());
      } else {
        queueUp(line);
      }
    } finally {
      lock.unlock();
    }
  }

  private void putOff(Line line, Queued update, long retryAfter) {
    lock.lock();
    try {
      var pause = Math.clamp(retryAfter, 0, LONGEST_RETRY_AFTER);
      if (pause == 0 && line.fails > 0) {
        int most = LONGEST_PAUSE + random.nextInt(LONGEST_PAUSE);
        line.pause = Math.min(most, line.pause * 2);
        pause = line.pause;
      }
      line.fails++;
      line.due = world.clock().instant().plusSeconds(pause);
      if (!queue.isOld(update, Duration.ofSeconds(pause))) {
        queueUp(line);
        return;
      }
    } finally {
      lock.unlock();
    }
    over(line, update);
  }

  /// Under the lock.
  private void queueUp(Line line) {
    boolean shuffled = world.faults().plan().webhookShuffle().orElse(false);
    line.turn = shuffled ? random.nextLong() : ++turns;
    waiting.add(line);
    changed.signal();
  }
}
