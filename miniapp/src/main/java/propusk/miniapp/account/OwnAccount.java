package propusk.miniapp.account;

import io.javalin.config.RoutesConfig;
import java.net.URI;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.notify.Channel;
import propusk.domain.notify.Notifications;
import propusk.miniapp.Feature;
import propusk.miniapp.Ground;
import propusk.miniapp.device.RememberedBrowsers;
import propusk.miniapp.edge.Problems;
import propusk.miniapp.page.Shells;
import propusk.miniapp.page.Templates;
import propusk.miniapp.push.Push;
import tools.jackson.databind.ObjectMapper;

/// A person's own account on the website: the dashboard, sessions, and what they can end.
public final class OwnAccount implements Feature {
  /// Where a signed-in browser begins.
  public static final String DASHBOARD = "/dashboard";

  private final AccountRoutes routes;
  private final AccountForms forms;
  private final AccountEvents events;
  private final Push push;

  /// A bot that people write to.
  ///
  /// @param link such as `https://t.me/propusk_bot`
  record Bot(long id, String username, URI link) {}

  /// What it is built from.
  ///
  /// @param bot the one that is named on pages
  record Parts(
      Jdbi jdbi,
      AccountViews views,
      Visitors visitors,
      RememberedBrowsers remembered,
      Bot bot,
      Shells shells,
      Templates templates,
      ObjectMapper json,
      Push push,
      Problems problems) {}

  public OwnAccount(Ground ground) {
    var given = ground.given();
    var bots = ground.bots();
    var parts =
        new Parts(
            given.jdbi(),
            ground.accountViews(),
            new Visitors(given.jdbi(), given.webSessions()),
            ground.remembered(),
            new Bot(bots.id(), bots.username(), bots.link()),
            ground.shells(),
            ground.templates(),
            ground.json(),
            ground.push(),
            ground.problems());
    var pages = new AccountPages(parts);
    routes = new AccountRoutes(parts, pages);
    forms = new AccountForms(parts, pages);
    events = new AccountEvents(parts);
    push = parts.push();
  }

  @Override
  public void routes(RoutesConfig config) {
    routes.add(config);
    forms.add(config);
  }

  @Override
  public Optional<Handler.Singleton> events() {
    return Optional.of(events);
  }

  @Override
  public void listen(Notifications notifications) {
    notifications.on(Channel.ACCOUNT, this::hint);
  }

  private void hint(String ids) {
    if (ids.equals(Notifications.EVERYTHING)) {
      push.hintAll();
    } else {
      push.hint(AccountEvents.topic(ids));
    }
  }
}
