package propusk.miniapp.edge;

import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Lets pages of the listed other sites call the endpoints of a sign-in, as [browsers ask before
/// they do](https://fetch.spec.whatwg.org/#http-cors-protocol): exactly these sites, exactly these
/// endpoints, and never with our cookies.
final class CrossOrigin {
  private static final Set<String> PATHS =
      Set.of("/api/auth", "/api/auth/begin", "/api/auth/stream", "/api/auth/exchange");

  private final Origins origins;

  CrossOrigin(Origins origins) {
    this.origins = origins;
  }

  /// @return whether this only asked what is allowed, and was answered
  boolean answer(Request request, Response response, Callback callback) {
    if (!PATHS.contains(Request.getPathInContext(request))) {
      return false;
    }
    var headers = response.getHeaders();
    headers.put(HttpHeader.VARY, "Origin");
    var origin = request.getHeaders().get(HttpHeader.ORIGIN);
    if (origin == null || !origins.isOther(origin)) {
      return false;
    }
    headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.put("Access-Control-Expose-Headers", "Retry-After");
    if (!request.getMethod().equals("OPTIONS")) {
      return false;
    }
    headers.put("Access-Control-Allow-Methods", "GET, POST");
    headers.put("Access-Control-Allow-Headers", "Authorization, Content-Type");
    headers.put("Access-Control-Max-Age", "600");
    response.setStatus(204);
    callback.succeeded();
    return true;
  }
}
