package propusk.miniapp.push;

import java.time.Duration;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/// The same stream over a [WebSocket](https://www.rfc-editor.org/rfc/rfc6455): each message is one
/// text frame with its data, a ping is the sign of life. What the browser says is not listened to.
///
/// @param <K> the key of its source
public final class PushSocket<K> implements FrameHandler {
  private static final long MOST_BYTES = 1024;

  // Above the time between two pings, which the browser answers.
  private static final Duration IDLE = Duration.ofSeconds(60);

  private final Push push;
  private final String topic;
  private final PushSource<K> source;
  private final K key;
  private @Nullable CoreSession open;
  private @Nullable Runnable leave;

  /// @param key what the source knows it by; a source without that key ends the socket
  public PushSocket(Push push, String topic, PushSource<K> source, K key) {
    this.push = push;
    this.topic = topic;
    this.source = source;
    this.key = key;
  }

  @Override
  public void onOpen(CoreSession session, Callback callback) {
    session.setMaxFrameSize(MOST_BYTES);
    session.setIdleTimeout(IDLE);
    open = session;
    callback.succeeded();
    leave = push.wait(topic, source, key, new SocketWire(session));
    session.demand();
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    var session = open;
    if (session == null) {
      callback.failed(new IllegalStateException("a frame before the socket is open"));
      return;
    }
    if (frame.getOpCode() == OpCode.PING) {
      var pong = new Frame(OpCode.PONG, true, frame.getPayload());
      session.sendFrame(pong, Callback.from(callback, session::demand), false);
      return;
    }
    callback.succeeded();
    session.demand();
  }

  @Override
  public void onError(Throwable cause, Callback callback) {
    callback.succeeded();
  }

  @Override
  public void onClosed(CloseStatus closeStatus, Callback callback) {
    if (leave != null) {
      leave.run();
    }
    callback.succeeded();
  }

  private record SocketWire(CoreSession session) implements PushWire {
    @Override
    public void send(PushMessage message, Callback written) {
      session.sendFrame(new Frame(OpCode.TEXT, message.data()), written, false);
    }

    @Override
    public void sign(Callback written) {
      session.sendFrame(new Frame(OpCode.PING), written, false);
    }

    @Override
    public void end(@Nullable Throwable failure) {
      if (failure == null) {
        session.close(CloseStatus.NORMAL, "", Callback.NOOP);
      } else {
        session.abort();
      }
    }
  }
}
