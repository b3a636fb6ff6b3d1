package propusk.miniapp.qrauth;

import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.domain.login.LoginId;
import propusk.domain.seal.Secret;
import propusk.miniapp.edge.Away;
import propusk.miniapp.edge.Problem;
import propusk.miniapp.edge.Problems;
import propusk.miniapp.edge.Refused;
import propusk.miniapp.edge.Requests;
import propusk.miniapp.push.Push;
import propusk.miniapp.push.PushMessage;

/// `GET /qr-auth/events`: the whole view of a login first, then again at each change, until its
/// end. Stands before Javalin, on Jetty's own asynchronous responses.
final class QrAuthEvents extends Handler.Wrapper {
  private static final Logger LOG = LoggerFactory.getLogger(QrAuthEvents.class);
  private static final String PATH = "/qr-auth/events";

  private final LiveLogins live;
  private final LoginViews views;
  private final Push push;
  private final Problems problems;

  QrAuthEvents(LiveLogins live, LoginViews views, Push push, Problems problems) {
    this.live = live;
    this.views = views;
    this.push = push;
    this.problems = problems;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    var ours = Request.getPathInContext(request).equals(PATH) && request.getMethod().equals("GET");
    if (!ours) {
      return super.handle(request, response, callback);
    }
    try {
      stream(request, response, callback);
    } catch (Refused e) {
      problems.write(request, response, callback, e.problem());
    } catch (RuntimeException e) {
      problems.write(request, response, callback, ours(e));
    }
    return true;
  }

  private void stream(Request request, Response response, Callback callback) {
    var id = Requests.loginId(Request.extractQueryParameters(request).getValue("session_id"));
    var bearer =
        Requests.bearer(request.getHeaders().get(HttpHeader.AUTHORIZATION))
            .orElseThrow(() -> new Refused(Problem.BEARER_INVALID));
    if (live.read(id, bearer).isEmpty()) {
      throw new Refused(Problem.BEARER_INVALID);
    }
    push.stream(id.value(), () -> message(id, bearer), response, callback);
  }

  private Optional<PushMessage> message(LoginId id, Secret bearer) {
    return live.read(id, bearer).map(views::message);
  }

  private static Problem ours(RuntimeException failure) {
    if (Away.isDatabase(failure)) {
      return Problem.UNAVAILABLE;
    }
    LOG.error("event=events_failed", failure);
    return Problem.INTERNAL;
  }
}
