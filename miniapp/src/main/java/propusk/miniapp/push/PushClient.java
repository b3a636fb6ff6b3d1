package propusk.miniapp.push;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// One browser that waits. It holds no thread: at most one write is under way, and at most one
/// message waits behind it, always the newest, since each tells everything.
final class PushClient {
  private static final byte[] COMMENT = ": still here\n\n".getBytes(US_ASCII);

  private final Supplier<Optional<PushMessage>> source;
  private final Response response;
  private final Callback callback;
  private final Runnable whenGone;

  private @Nullable PushMessage waiting;
  private long newest = -1;
  private boolean writing;
  private long writingSince;
  private boolean over;

  PushClient(
      Supplier<Optional<PushMessage>> source,
      Response response,
      Callback callback,
      Runnable whenGone) {
    this.source = source;
    this.response = response;
    this.callback = callback;
    this.whenGone = whenGone;
  }

  /// Reads what is true now and sends it if it is news; ends when there is nothing to see any more.
  ///
  /// @return whether something was sent
  boolean refresh(long now) {
    var read = source.get();
    if (read.isEmpty()) {
      end();
      return true;
    }
    return offer(read.get(), now);
  }

  void comment(long now) {
    synchronized (this) {
      if (over || writing) {
        return;
      }
      writing = true;
      writingSince = now;
    }
    write(ByteBuffer.wrap(COMMENT), false, now);
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
    write(next.bytes(), next.last(), now);
  }

  private void write(ByteBuffer bytes, boolean last, long now) {
    response.write(last, bytes, Callback.from(() -> written(last, now), failure -> leave(failure)));
  }

  private void written(boolean last, long now) {
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
    whenGone.run();
    if (failure == null) {
      callback.succeeded();
    } else {
      callback.failed(failure);
    }
  }
}
