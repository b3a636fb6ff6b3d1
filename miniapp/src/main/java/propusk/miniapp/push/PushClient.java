package propusk.miniapp.push;

import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// One browser that waits. It holds no thread: at most one write is under way, and at most one
/// message waits behind it, always the newest, since each tells everything.
final class PushClient {
  private final PushSource<Object> source;
  private final Object key;
  private final PushWire wire;
  private final String topic;
  private final int beat;
  private final Consumer<PushClient> whenGone;

  private @Nullable PushMessage waiting;
  private long newest = -1;
  private boolean writing;
  private long writingSince;
  private boolean over;

  /// @param key of what the source tells it
  /// @param beat the second of the heartbeat at which it reads by itself
  PushClient(
      PushSource<Object> source,
      Object key,
      PushWire wire,
      String topic,
      int beat,
      Consumer<PushClient> whenGone) {
    this.source = source;
    this.key = key;
    this.wire = wire;
    this.topic = topic;
    this.beat = beat;
    this.whenGone = whenGone;
  }

  PushSource<Object> source() {
    return source;
  }

  Object key() {
    return key;
  }

  String topic() {
    return topic;
  }

  int beat() {
    return beat;
  }

  /// Sends what was read, if it is news; ends when there is nothing to see any more.
  ///
  /// @return whether something was sent
  boolean take(@Nullable PushMessage read, long now) {
    if (read == null) {
      end();
      return true;
    }
    return offer(read, now);
  }

  void sign(long now) {
    synchronized (this) {
      if (over || writing) {
        return;
      }
      writing = true;
      writingSince = now;
    }
    wire.sign(written(false, now));
  }

  /// Whether the browser has not taken what we write since before `limit`.
  synchronized boolean stuckSince(long limit) {
    return writing && writingSince - limit < 0;
  }

  void giveUp() {
    leave(new TimeoutException("the browser does not read"));
  }

  /// Closes the stream in order, so that the browser connects again.
  void end() {
    leave(null);
  }

  private boolean offer(PushMessage message, long now) {
    synchronized (this) {
      if (over || message.version() <= newest) {
        return false;
      }
      newest = message.version();
      waiting = message;
    }
    flush(now);
    return true;
  }

  private void flush(long now) {
    PushMessage next;
    synchronized (this) {
      if (over || writing || waiting == null) {
        return;
      }
      next = waiting;
      waiting = null;
      writing = true;
      writingSince = now;
    }
    wire.send(next, written(next.last(), now));
  }

  private Callback written(boolean last, long now) {
    return Callback.from(() -> goOn(last, now), this::leave);
  }

  private void goOn(boolean last, long now) {
    if (last) {
      leave(null);
      return;
    }
    synchronized (this) {
      writing = false;
    }
    flush(now);
  }

  private void leave(@Nullable Throwable failure) {
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      waiting = null;
    }
    whenGone.accept(this);
    wire.end(failure);
  }
}
