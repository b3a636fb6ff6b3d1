package propusk.miniapp.signin;

import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.domain.signin.SignInId;
import propusk.miniapp.edge.Away;
import propusk.miniapp.edge.Problem;
import propusk.miniapp.edge.Problems;
import propusk.miniapp.push.Push;

/// `GET /api/auth/stream?token=`: the view of a sign-in for the browser that began it, again at
/// each change, until its end.
final class SignInEvents extends Handler.Wrapper {
  private static final Logger LOG = LoggerFactory.getLogger(SignInEvents.class);
  private static final String PATH = "/api/auth/stream";

  private final SignInViews views;
  private final Push push;
  private final Problems problems;

  SignInEvents(SignInViews views, Push push, Problems problems) {
    this.views = views;
    this.push = push;
    this.problems = problems;
  }

  static String topic(String id) {
    return "sign-in/" + id;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    var ours = Request.getPathInContext(request).equals(PATH) && request.getMethod().equals("GET");
    if (!ours) {
      return super.handle(request, response, callback);
    }
    try {
      stream(request, response, callback);
    } catch (RuntimeException e) {
      problems.write(request, response, callback, ours(e));
    }
    return true;
  }

  private void stream(Request request, Response response, Callback callback) {
    var cookie = SignInCookie.of(request);
    var id =
        Optional.ofNullable(Request.extractQueryParameters(request).getValue("token"))
            .flatMap(SignInId::parse);
    var found = id.flatMap(token -> views.find(token, cookie));
    if (found.isEmpty()) {
      problems.write(request, response, callback, Problem.SIGN_IN_UNKNOWN);
      return;
    }
    var token = found.get().id();
    push.stream(
        topic(token.value()),
        () -> views.find(token, cookie).map(views::message),
        response,
        callback);
  }

  private static Problem ours(RuntimeException failure) {
    if (Away.isDatabase(failure)) {
      return Problem.UNAVAILABLE;
    }
    LOG.error("event=sign_in_events_failed", failure);
    return Problem.INTERNAL;
  }
}
