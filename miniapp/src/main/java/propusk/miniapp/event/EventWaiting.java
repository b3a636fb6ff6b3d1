package propusk.miniapp.event;

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

/// `GET /api/auth/telegram-code/stream`: the sign-in that the browser's cookie names, again at each
/// change, until its end.
final class EventWaiting extends Handler.Wrapper {
  private static final Logger LOG = LoggerFactory.getLogger(EventWaiting.class);
  private static final String PATH = "/api/auth/telegram-code/stream";

  private final EventDoor door;
  private final EventViews views;
  private final Push push;
  private final Problems problems;

  EventWaiting(EventDoor door, EventViews views, Push push, Problems problems) {
    this.door = door;
    this.views = views;
    this.push = push;
    this.problems = problems;
  }

  static String topic(String signInId) {
    return "event/" + signInId;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    var ours = Request.getPathInContext(request).equals(PATH) && request.getMethod().equals("GET");
    if (!ours) {
      return super.handle(request, response, callback);
    }
    try {
      stream(EventCookie.of(request), request, response, callback);
    } catch (RuntimeException e) {
      problems.write(request, response, callback, ours(e));
    }
    return true;
  }

  private void stream(
      Optional<EventCookie> cookie, Request request, Response response, Callback callback) {
    var found = door.find(cookie);
    if (found.isEmpty()) {
      problems.write(request, response, callback, Problem.BROWSER_UNKNOWN);
      return;
    }
    SignInId id = found.get().id();
    push.stream(topic(id.value()), () -> door.find(cookie).map(views::message), response, callback);
  }

  private static Problem ours(RuntimeException failure) {
    if (Away.isDatabase(failure)) {
      return Problem.UNAVAILABLE;
    }
    LOG.error("event=event_stream_failed", failure);
    return Problem.INTERNAL;
  }
}
