package propusk.miniapp.event;

import io.javalin.config.RoutesConfig;
import java.net.URI;
import java.time.InstantSource;
import org.eclipse.jetty.server.Handler;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.account.Accounts;
import propusk.domain.event.Admissions;
import propusk.domain.event.Events;
import propusk.domain.magic.MagicLinks;
import propusk.domain.notify.Channel;
import propusk.domain.notify.Notifications;
import propusk.domain.organization.Memberships;
import propusk.domain.organization.Organizations;
import propusk.domain.seal.Tokens;
import propusk.domain.signin.SignIns;
import propusk.domain.websession.WebSessions;
import propusk.miniapp.edge.ClientAddresses;
import propusk.miniapp.edge.KeyDoor;
import propusk.miniapp.edge.Problems;
import propusk.miniapp.page.Shells;
import propusk.miniapp.page.Templates;
import propusk.miniapp.push.Push;
import tools.jackson.databind.ObjectMapper;

/// Pages of events, the codes that lead in to them, and the links from the chat.
public final class EventWays {
  private final EventPages pages;
  private final CodeApi api;
  private final MagicPages magic;
  private final EventWaiting waiting;
  private final Push push;

  /// What it is built from.
  ///
  /// @param botLink such as `https://t.me/propusk_bot`
  /// @param botUsername without the at sign
  public record Parts(
      Jdbi jdbi,
      SignIns signIns,
      Accounts accounts,
      WebSessions webSessions,
      InstantSource clock,
      Tokens tokens,
      ClientAddresses addresses,
      KeyDoor keys,
      Shells shells,
      Templates templates,
      ObjectMapper json,
      Push push,
      Problems problems,
      URI baseUrl,
      String botLink,
      String botUsername) {}

  public EventWays(Parts parts) {
    var memberships = new Memberships(parts.clock());
    var events = new Events(memberships, parts.clock(), parts.tokens());
    var links = new MagicLinks(parts.webSessions(), parts.clock(), parts.tokens());
    var door =
        new EventDoor(
            parts.jdbi(),
            parts.signIns(),
            new Organizations(parts.clock()),
            events,
            parts.accounts(),
            parts.webSessions(),
            parts.clock(),
            parts.tokens(),
            parts.addresses(),
            parts.shells(),
            parts.botLink(),
            parts.botUsername());
    var views = new EventViews(parts.json());
    push = parts.push();
    pages = new EventPages(door, views, parts.templates());
    api =
        new CodeApi(
            parts.json(),
            door,
            parts.keys(),
            new Admissions(parts.signIns(), events, memberships, links),
            parts.baseUrl().toString());
    magic = new MagicPages(door, links, parts.templates());
    waiting = new EventWaiting(door, views, push, parts.problems());
  }

  public void routes(RoutesConfig routes) {
    pages.add(routes);
    api.add(routes);
    magic.add(routes);
  }

  /// The handler of its event stream, to stand before all others.
  public Handler.Singleton events() {
    return waiting;
  }

  public void listen(Notifications notifications) {
    notifications.on(
        Channel.SIGN_IN,
        ids -> {
          if (ids.equals(Notifications.EVERYTHING)) {
            push.hintAll();
          } else {
            push.hint(EventWaiting.topic(ids));
          }
        });
  }
}
