package propusk.sandbox.control;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import propusk.sandbox.botapi.WidgetLogin;

/// What the page at `/auth` does when somebody lets a site know who they are.
final class WidgetRoutes {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final ControlParts parts;
  private final InstantSource clock;

  WidgetRoutes(ControlParts parts, InstantSource clock) {
    this.parts = parts;
    this.clock = clock;
  }

  void add(JavalinConfig config) {
    config.routes.post("/sandbox/users/{id}/widget", this::letIn);
  }

  /// Takes `bot`, `origin` and `return_to` as `/auth` got them; answers `{url}`. `age` makes the
  /// answer so many seconds old.
  private void letIn(Context ctx) {
    var body = ControlBody.of(ctx);
    var returnTo = body.text("return_to");
    if (!leadsTo(body.text("origin"), returnTo)) {
      throw ControlError.badRequest("return_to must lead to origin, on this machine");
    }
    var at = clock.instant().minusSeconds(body.findNumber("age").orElse(0L));
    var url = WidgetLogin.url(returnTo, parts.bot(body), parts.person(ctx), at);
    ControlParts.write(ctx, 200, Map.of("url", url));
  }

  private static boolean leadsTo(String origin, String returnTo) {
    try {
      var address = new URI(returnTo);
      return address.getHost() != null
          && LOOPBACK.contains(address.getHost())
          && address.getRawFragment() == null
          && origin.equals(address.getScheme() + "://" + address.getRawAuthority());
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
