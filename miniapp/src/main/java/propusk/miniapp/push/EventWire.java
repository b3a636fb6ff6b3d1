package propusk.miniapp.push;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Server-sent events on Jetty's asynchronous writes.
record EventWire(Response response, Callback callback) implements PushWire {
  private static final byte[] COMMENT = ": still here\n\n".getBytes(US_ASCII);

  @Override
  public void send(PushMessage message, Callback written) {
    response.write(message.last(), message.bytes(), written);
  }

  @Override
  public void sign(Callback written) {
    response.write(false, ByteBuffer.wrap(COMMENT), written);
  }

  @Override
  public void end(@Nullable Throwable failure) {
    if (failure == null) {
      callback.succeeded();
    } else {
      callback.failed(failure);
    }
  }
}
