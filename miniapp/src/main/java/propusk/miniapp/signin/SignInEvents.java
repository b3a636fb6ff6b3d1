package propusk.miniapp.signin;

import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import propusk.domain.signin.Asked;
import propusk.domain.signin.SignInId;
import propusk.miniapp.edge.Away;
import propusk.miniapp.edge.Origins;
import propusk.miniapp.edge.Problem;
import propusk.miniapp.edge.Problems;
import propusk.miniapp.edge.Refused;
import propusk.miniapp.push.Push;
import propusk.miniapp.push.PushSocket;
import propusk.miniapp.push.PushSource;

/// `GET /api/auth/stream?token=` as server-sent events and `/ws/auth?token=` as a WebSocket: the
/// view of a sign-in for the browser that began it, again at each change, until its end. Both tell
/// only that it may be exchanged; neither sets a cookie. They stand before Javalin, whose upgrade
/// would make a session of its own.
final class SignInEvents extends Handler.Wrapper {
  private static final Logger LOG = LoggerFactory.getLogger(SignInEvents.class);
  private static final String EVENTS = "/api/auth/stream";
  private static final String SOCKET = "/ws/auth";

  private final Proofs proofs;
  private final SignInViews views;
  private final PushSource<Asked> source;
  private final Push push;
  private final Problems problems;
  private final Origins origins;
  private final Configuration.Customizer usual = new Configuration.ConfigurationCustomizer();
  private WebSocketMappings sockets = new WebSocketMappings();

  SignInEvents(SignInWay.Parts parts, Proofs proofs, SignInViews views) {
    this.proofs = proofs;
    this.views = views;
    source = views::messages;
    push = parts.push();
    problems = parts.problems();
    origins = parts.sites().origins();
  }

  static String topic(String id) {
    return "sign-in/" + id;
  }

  @Override
  protected void doStart() throws Exception {
    sockets =
        new WebSocketMappings(WebSocketServerComponents.ensureWebSocketComponents(getServer()));
    super.doStart();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    var path = Request.getPathInContext(request);
    var ours = path.equals(EVENTS) || path.equals(SOCKET);
    if (!ours || !request.getMethod().equals("GET")) {
      return super.handle(request, response, callback);
    }
    try {
      var asked = asked(request);
      if (path.equals(EVENTS)) {
        push.stream(topic(asked.id().value()), source, asked, response, callback);
      } else {
        upgrade(asked, request, response, callback);
      }
    } catch (Refused e) {
      problems.write(request, response, callback, e.problem());
    } catch (RuntimeException e) {
      problems.write(request, response, callback, ours(e));
    }
    return true;
  }

  /// An unknown sign-in is refused like one of another browser.
  private Asked asked(Request request) {
    var proof = proofs.of(request);
    return Optional.ofNullable(Request.extractQueryParameters(request).getValue("token"))
        .flatMap(SignInId::parse)
        .flatMap(id -> proof.map(shown -> new Asked(id, shown)))
        .filter(asked -> views.find(asked.id(), proof).isPresent())
        .orElseThrow(() -> new Refused(Problem.SIGN_IN_UNKNOWN));
  }

  /// A browser sends its cookies along with any page's WebSocket, and asks nobody before: so the
  /// page must be ours or of a listed site.
  private void upgrade(Asked asked, Request request, Response response, Callback callback) {
    var origin = request.getHeaders().get(HttpHeader.ORIGIN);
    if (origin == null || !origins.isListed(origin)) {
      throw new Refused(Problem.ORIGIN_NOT_ALLOWED);
    }
    if (!sockets.upgrade(new Negotiator(asked), request, response, callback, usual)) {
      throw new Refused(Problem.BAD_REQUEST);
    }
  }

  private final class Negotiator implements WebSocketNegotiator {
    private final Asked asked;

    Negotiator(Asked asked) {
      this.asked = asked;
    }

    @Override
    public FrameHandler negotiate(
        ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
      response.setExtensions(List.of());
      if (request.hasSubProtocol(Proofs.SUBPROTOCOL)) {
        response.setAcceptedSubProtocol(Proofs.SUBPROTOCOL);
      }
      return new PushSocket<>(push, topic(asked.id().value()), source, asked);
    }
  }

  private static Problem ours(RuntimeException failure) {
    if (Away.isDatabase(failure)) {
      return Problem.UNAVAILABLE;
    }
    LOG.error("event=sign_in_events_failed", failure);
    return Problem.INTERNAL;
  }
}
