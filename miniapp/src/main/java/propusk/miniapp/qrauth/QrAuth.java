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
import propusk.miniapp.Feature;
import propusk.miniapp.Ground;
import propusk.miniapp.edge.Problems;
import propusk.miniapp.initdata.Launches;
import propusk.miniapp.push.Push;
import tools.jackson.databind.ObjectMapper;

/// The login page inside Telegram: its routes, and its place among those who hear that a login
/// changed.
public final class QrAuth implements Feature {
  private final LiveLogins live;
  private final QrAuthRoutes routes;
  private final Optional<PasswordLinkRoute> passwordLinks;
  private final QrAuthEvents events;
  private final Push push;

  /// What it is built from.
  ///
  /// @param passwordPages whether there is a page that takes a two-step password
  record Parts(
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

  public QrAuth(Ground ground) {
    var given = ground.given();
    var pages =
        new QrAuthPages(
            new QrAuthPages.Parts(
                given.jdbi(),
                given.logins(),
                ground.shells(),
                ground.templates(),
                ground.json(),
                ground.baseUrl().getAuthority(),
                ground.bots()::link,
                ground.parents()));
    var parts =
        new Parts(
            ground.json(),
            given.jdbi(),
            given.logins(),
            given.loginLinks(),
            given.accounts(),
            ground.loginViews(),
            ground.launches(),
            ground.tokens(),
            ground.push(),
            ground.problems(),
            ground.baseUrl(),
            ground.config().passwordPages(),
            given.nanoTime());
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

  @Override
  public void routes(RoutesConfig config) {
    routes.add(config);
    passwordLinks.ifPresent(route -> route.add(config));
  }

  @Override
  public Optional<Handler.Singleton> events() {
    return Optional.of(events);
  }

  @Override
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
