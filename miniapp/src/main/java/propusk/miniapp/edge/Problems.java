package propusk.miniapp.edge;

import io.javalin.http.Context;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.ObjectMapper;

/// The one writer of errors as JSON, for Javalin's routes and for Jetty's own handlers.
public final class Problems {
  private static final String TYPE = "application/problem+json";

  private final ObjectMapper json;

  public Problems(ObjectMapper json) {
    this.json = json;
  }

  public void write(Context ctx, Problem problem) {
    var body = body(problem, RequestIds.of(ctx.req().getAttribute(RequestIds.ATTRIBUTE)));
    problem.retryAfter().ifPresent(seconds -> ctx.header("Retry-After", Integer.toString(seconds)));
    ctx.status(problem.status()).contentType(TYPE).result(body);
  }

  public void write(Request request, Response response, Callback callback, Problem problem) {
    var body = body(problem, RequestIds.of(request.getAttribute(RequestIds.ATTRIBUTE)));
    response.setStatus(problem.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, TYPE);
    problem
        .retryAfter()
        .ifPresent(seconds -> response.getHeaders().put(HttpHeader.RETRY_AFTER, seconds));
    response.write(true, ByteBuffer.wrap(body), callback);
  }

  private byte[] body(Problem problem, String requestId) {
    var node =
        json.createObjectNode()
            .put("type", "urn:propusk:problem:" + problem.code())
            .put("title", problem.title())
            .put("status", problem.status())
            .put("code", problem.code())
            .put("request_id", requestId);
    problem.detail().ifPresent(words -> node.put("detail", words));
    problem.retryAfter().ifPresent(seconds -> node.put("retry_after", seconds));
    problem.triesLeft().ifPresent(tries -> node.put("tries_left", tries));
    return json.writeValueAsBytes(node);
  }
}
