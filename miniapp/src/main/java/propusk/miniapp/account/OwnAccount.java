package propusk.miniapp.account;

import io.javalin.config.RoutesConfig;
import java.net.URI;
import org.eclipse.jetty.server.Handler;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.notify.Channel;
import propusk.domain.notify.Notifications;
import propusk.miniapp.device.RememberedBrowsers;
import propusk.miniapp.edge.Problems;
import propusk.miniapp.page.Shells;
import propusk.miniapp.page.Templates;
import propusk.miniapp.push.Push;
import tools.jackson.databind.ObjectMapper;

/// A person's own account on the website: the dashboard, sessions, and what they can end.
public final class OwnAccount {
  /// Where a signed-in browser begins.
  public static final String DASHBOARD = "/dashboard";

  private final AccountRoutes routes;
  private final AccountForms forms;
  private final AccountEvents events;
  private final Push push;

  /// A bot that people write to.
  ///
  /// @param link such as `https://t.me/propusk_bot`
  public record Bot(long id, String username, URI link) {}

  /// What it is built from.
  ///
  /// @param bot the one that is named on pages
  public record Parts(
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

  public OwnAccount(Parts parts) {
    var pages = new AccountPages(parts);
    routes = new AccountRoutes(parts, pages);
    forms = new AccountForms(parts, pages);
    events = new AccountEvents(parts);
    push = parts.push();
  }

  public void routes(RoutesConfig config) {
    routes.add(config);
    forms.add(config);
  }

  /// The handler of its event stream, to stand before all others.
  public Handler.Singleton events() {
    return events;
  }

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
