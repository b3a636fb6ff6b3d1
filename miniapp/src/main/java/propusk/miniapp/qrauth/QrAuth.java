package propusk.miniapp.qrauth;

import io.javalin.config.RoutesConfig;
import java.net.URI;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.eclipse.jetty.server.Handler;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.account.Accounts;
import propusk.domain.login.LoginLinks;
import propusk.domain.login.Logins;
import propusk.domain.notify.Channel;
import propusk.domain.notify.Notifications;
import propusk.domain.seal.Tokens;
import propusk.miniapp.edge.Problems;
import propusk.miniapp.initdata.Launches;
import propusk.miniapp.push.Push;
import tools.jackson.databind.ObjectMapper;

/// The login page inside Telegram: its routes, and its place among those who hear that a login
/// changed.
public final class QrAuth {
  private final LiveLogins live;
  private final QrAuthRoutes routes;
  private final Optional<PasswordLinkRoute> passwordLinks;
  private final QrAuthEvents events;
  private final Push push;

  /// What it is built from.
  ///
  /// @param passwordPages whether there is a page that takes a two-step password
  public record Parts(
      ObjectMapper json,
      Jdbi jdbi,
      Logins logins,
      LoginLinks links,
      Accounts accounts,
      LoginViews views,
      Launches launches,
      Tokens tokens,
      Push push,
      Problems problems,
      URI baseUrl,
      boolean passwordPages,
      LongSupplier nanoTime) {}

  public QrAuth(Parts parts, QrAuthPages pages) {
    var openings =
        new Openings(
            parts.jdbi(), parts.logins(), parts.links(), parts.accounts(), parts.launches());
    live =
        new LiveLogins(
            parts.jdbi(), parts.logins(), parts.links(), parts.views(), parts.nanoTime());
    routes = new QrAuthRoutes(parts, openings, live, pages);
    passwordLinks =
        parts.passwordPages() ? Optional.of(new PasswordLinkRoute(parts)) : Optional.empty();
    events = new QrAuthEvents(live, parts.views(), parts.push(), parts.problems());
    push = parts.push();
  }

  public void routes(RoutesConfig config) {
    routes.add(config);
    passwordLinks.ifPresent(route -> route.add(config));
  }

  /// The handler of its event stream, to stand before all others.
  public Handler.Singleton events() {
    return events;
  }

  public void listen(Notifications notifications) {
    notifications.on(Channel.LOGIN, this::hint);
  }

  private void hint(String ids) {
    if (ids.equals(Notifications.EVERYTHING)) {
      live.hintAll();
      push.hintAll();
      return;
    }
    for (var id : ids.split("[,\\s]+")) {
      live.hint(id);
      push.hint(id);
    }
  }
}
