package propusk.miniapp.connect;

import io.javalin.config.RoutesConfig;
import java.net.URI;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.eclipse.jetty.server.Handler;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.login.LoginBrowsers;
import propusk.domain.login.LoginLinks;
import propusk.domain.login.Logins;
import propusk.domain.seal.Tokens;
import propusk.miniapp.Feature;
import propusk.miniapp.Ground;
import propusk.miniapp.edge.ClientAddresses;
import propusk.miniapp.edge.Problems;
import propusk.miniapp.page.Shells;
import propusk.miniapp.page.Templates;
import propusk.miniapp.push.Push;
import propusk.miniapp.qrauth.LoginViews;
import tools.jackson.databind.ObjectMapper;

/// A login in an ordinary browser: its pages, its JSON and its events.
public final class Connect implements Feature {
  private final ConnectRoutes routes;
  private final Optional<PasswordRoutes> passwords;
  private final ConnectEvents events;

  /// What it is built from.
  ///
  /// @param baseUrl where browsers reach us
  /// @param passwordPages whether there is a page that takes a two-step password
  record Parts(
      Jdbi jdbi,
      Logins logins,
      LoginLinks links,
      LoginBrowsers browsers,
      LoginViews views,
      Shells shells,
      Templates templates,
      ObjectMapper json,
      Push push,
      Problems problems,
      Tokens tokens,
      ClientAddresses addresses,
      URI baseUrl,
      boolean passwordPages,
      LongSupplier nanoTime) {}

  public Connect(Ground ground) {
    var given = ground.given();
    var parts =
        new Parts(
            given.jdbi(),
            given.logins(),
            given.loginLinks(),
            given.loginBrowsers(),
            ground.loginViews(),
            ground.shells(),
            ground.templates(),
            ground.json(),
            ground.push(),
            ground.problems(),
            ground.tokens(),
            ground.addresses(),
            ground.baseUrl(),
            ground.config().passwordPages(),
            given.nanoTime());
    var followed = new FollowedLogins(parts);
    var pages = new ConnectPages(parts);
    routes = new ConnectRoutes(parts, followed, pages);
    passwords =
        parts.passwordPages()
            ? Optional.of(new PasswordRoutes(parts, followed, pages))
            : Optional.empty();
    events = new ConnectEvents(followed, parts);
  }

  @Override
  public void routes(RoutesConfig config) {
    // Before the routes of links, whose pattern fits these as well.
    passwords.ifPresent(pages -> pages.add(config));
    routes.add(config);
  }

  @Override
  public Optional<Handler.Singleton> events() {
    return Optional.of(events);
  }
}
