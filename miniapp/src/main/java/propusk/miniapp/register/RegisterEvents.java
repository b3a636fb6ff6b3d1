package propusk.miniapp.register;

import java.util.Optional;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.domain.registration.Registration;
import propusk.domain.registration.RegistrationId;
import propusk.domain.seal.Secret;
import propusk.miniapp.edge.Away;
import propusk.miniapp.edge.Cookies;
import propusk.miniapp.edge.Problem;
import propusk.miniapp.edge.Problems;
import propusk.miniapp.push.Push;

/// `GET /register/events`: the registration that the browser's cookie names, again at each change,
/// until its end.
final class RegisterEvents extends Handler.Wrapper {
  private static final Logger LOG = LoggerFactory.getLogger(RegisterEvents.class);
  private static final String PATH = "/register/events";

  private final RegisterDoor door;
  private final RegisterViews views;
  private final Push push;
  private final Problems problems;

  RegisterEvents(RegisterDoor door, RegisterViews views, Push push, Problems problems) {
    this.door = door;
    this.views = views;
    this.push = push;
    this.problems = problems;
  }

  static String topic(String registrationId) {
    return "register/" + registrationId;
  }

  private static String topic(RegistrationId id) {
    return topic(id.value());
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
    var cookie = cookie(request);
    var found = door.find(cookie);
    if (found.isEmpty()) {
      problems.write(request, response, callback, Problem.BROWSER_UNKNOWN);
      return;
    }
    push.stream(
        topic(found.get().id()), () -> read(cookie).map(views::message), response, callback);
  }

  private Optional<Registration> read(Optional<Secret> cookie) {
    return door.find(cookie);
  }

  private static Optional<Secret> cookie(Request request) {
    return Request.getCookies(request).stream()
        .filter(cookie -> cookie.getName().equals(Cookies.REGISTER))
        .map(HttpCookie::getValue)
        .filter(value -> !value.isEmpty())
        .findFirst()
        .map(Secret::new);
  }

  private static Problem ours(RuntimeException failure) {
    if (Away.isDatabase(failure)) {
      return Problem.UNAVAILABLE;
    }
    LOG.error("event=register_events_failed", failure);
    return Problem.INTERNAL;
  }
}
