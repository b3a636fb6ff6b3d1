package propusk.miniapp.push;

import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// How a waiting browser is reached. At most one write is under way at a time.
interface PushWire {
  void send(PushMessage message, Callback written);

  /// Says only that we are still there.
  void sign(Callback written);

  /// Ends it: in order, or, with a failure, at once.
  void end(@Nullable Throwable failure);
}
