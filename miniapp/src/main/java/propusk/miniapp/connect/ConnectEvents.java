package propusk.miniapp.connect;

import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.domain.seal.Secret;
import propusk.miniapp.edge.Away;
import propusk.miniapp.edge.ConnectCookie;
import propusk.miniapp.edge.Problem;
import propusk.miniapp.edge.Problems;
import propusk.miniapp.push.Push;
import propusk.miniapp.push.PushMessage;
import propusk.miniapp.qrauth.LoginViews;
import propusk.miniapp.qrauth.OwnerView;

/// `GET /connect/events`: the view of the login that the browser's cookie is bound to, again at
/// each change, until its end.
final class ConnectEvents extends Handler.Wrapper {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectEvents.class);
  private static final String PATH = "/connect/events";

  private final FollowedLogins followed;
  private final LoginViews views;
  private final Push push;
  private final Problems problems;

  ConnectEvents(FollowedLogins followed, Connect.Parts parts) {
    this.followed = followed;
    views = parts.views();
    push = parts.push();
    problems = parts.problems();
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
    var cookie = ConnectCookie.of(request);
    var found = followed.find(cookie);
    if (found.isEmpty()) {
      problems.write(request, response, callback, Problem.BROWSER_UNKNOWN);
      return;
    }
    var topic = found.get().browser().login().value();
    push.stream(topic, () -> message(cookie), response, callback);
  }

  private Optional<PushMessage> message(Optional<Secret> cookie) {
    return followed.find(cookie).map(found -> views.message(OwnerView.of(found.snapshot())));
  }

  private static Problem ours(RuntimeException failure) {
    if (Away.isDatabase(failure)) {
      return Problem.UNAVAILABLE;
    }
    LOG.error("event=connect_events_failed", failure);
    return Problem.INTERNAL;
  }
}
