package propusk.sandbox.botapi;

import io.javalin.http.Context;
import org.eclipse.jetty.ee10.servlet.ServletApiRequest;

/// Cuts the connection instead of answering: the effect happened, the answer is lost.
final class DroppedConnection {
  private DroppedConnection() {}

  static void drop(Context ctx) {
    var request = ctx.req();
    while (request instanceof jakarta.servlet.http.HttpServletRequestWrapper wrapper
        && wrapper.getRequest() instanceof jakarta.servlet.http.HttpServletRequest inner) {
      request = inner;
    }
    if (request instanceof ServletApiRequest api) {
      api.getRequest().getConnectionMetaData().getConnection().getEndPoint().close();
    }
  }
}
