package propusk.miniapp.edge;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What every request passes first: it gets an id, its answer the security headers, and an unsafe
/// request of a foreign page is refused. Logs one line per request, without its query string.
public final class EdgeHandler extends Handler.Wrapper {
  private static final Logger LOG = LoggerFactory.getLogger(EdgeHandler.class);

  private final SecurityHeaders headers;
  private final Origins origins;
  private final CrossOrigin crossOrigin;
  private final Problems problems;
  private final RequestIds ids;

  public EdgeHandler(SecurityHeaders headers, Origins origins, Problems problems, long firstId) {
    this.headers = headers;
    this.origins = origins;
    this.crossOrigin = new CrossOrigin(origins);
    this.problems = problems;
    this.ids = new RequestIds(firstId);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    dress(request, response);
    if (LOG.isDebugEnabled()) {
      Request.addCompletionListener(request, _ -> log(request, response));
    }
    var sent = request.getHeaders();
    if (!origins.allow(
        request.getMethod(), sent.get(HttpHeader.ORIGIN), sent.get("Sec-Fetch-Site"))) {
      // Its body is not read: nothing more can come on this connection.
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
      problems.write(request, response, callback, Problem.ORIGIN_NOT_ALLOWED);
      return true;
    }
    return crossOrigin.answer(request, response, callback)
        || super.handle(request, response, callback);
  }

  /// For what Jetty refuses by itself, such as a malformed request line.
  public ErrorHandler errorHandler() {
    return new ErrorHandler() {
      @Override
      public boolean handle(Request request, Response response, Callback callback) {
        dress(request, response);
        // Jetty ends the connection after such a request: the client must not use it again.
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        problems.write(request, response, callback, Problem.ofStatus(response.getStatus()));
        return true;
      }
    };
  }

  private void dress(Request request, Response response) {
    if (RequestIds.of(request.getAttribute(RequestIds.ATTRIBUTE)).isEmpty()) {
      request.setAttribute(RequestIds.ATTRIBUTE, ids.next());
    }
    var id = RequestIds.of(request.getAttribute(RequestIds.ATTRIBUTE));
    response.getHeaders().put(RequestIds.HEADER, id);
    headers.put(Request.getPathInContext(request), response.getHeaders());
  }

  private static void log(Request request, Response response) {
    long nanos = System.nanoTime() - request.getBeginNanoTime();
    LOG.debug(
        "event=answered request={} method={} path={} status={} ms={}",
        RequestIds.of(request.getAttribute(RequestIds.ATTRIBUTE)),
        request.getMethod(),
        LoggedPath.of(Request.getPathInContext(request)),
        response.getStatus(),
        TimeUnit.NANOSECONDS.toMillis(nanos));
  }
}
