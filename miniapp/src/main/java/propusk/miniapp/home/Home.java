package propusk.miniapp.home;

import io.javalin.config.RoutesConfig;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.seal.Tokens;
import propusk.domain.visit.Visits;
import propusk.miniapp.Feature;
import propusk.miniapp.Ground;
import propusk.miniapp.account.AccountViews;
import propusk.miniapp.device.RememberedBrowsers;
import propusk.miniapp.edge.ClientAddresses;
import propusk.miniapp.initdata.Launches;
import propusk.miniapp.page.Shells;
import propusk.miniapp.page.Templates;
import tools.jackson.databind.ObjectMapper;

/// The home inside Telegram: who opens it is signed in by init data, and goes on to the website by
/// a link that works once.
public final class Home implements Feature {
  private final HomeRoutes routes;
  private final SiteLinkRoutes links;

  /// What it is built from.
  ///
  /// @param botLink the link to the bot with this id, or to the first one
  /// @param parents origins that may talk to the page in a frame
  record Parts(
      Jdbi jdbi,
      Visits visits,
      AccountViews views,
      Launches launches,
      RememberedBrowsers remembered,
      Tokens tokens,
      Shells shells,
      Templates templates,
      ObjectMapper json,
      ClientAddresses addresses,
      URI baseUrl,
      Function<Optional<Long>, String> botLink,
      List<String> parents) {}

  public Home(Ground ground) {
    var given = ground.given();
    var parts =
        new Parts(
            given.jdbi(),
            new Visits(given.webSessions(), given.clock(), ground.tokens()),
            ground.accountViews(),
            ground.launches(),
            ground.remembered(),
            ground.tokens(),
            ground.shells(),
            ground.templates(),
            ground.json(),
            ground.addresses(),
            ground.baseUrl(),
            ground.bots()::link,
            ground.parents());
    routes = new HomeRoutes(parts);
    links = new SiteLinkRoutes(parts);
  }

  @Override
  public void routes(RoutesConfig config) {
    routes.add(config);
    links.add(config);
  }
}
