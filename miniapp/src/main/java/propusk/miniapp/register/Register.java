package propusk.miniapp.register;

import io.javalin.config.RoutesConfig;
import java.time.InstantSource;
import org.eclipse.jetty.server.Handler;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.account.Accounts;
import propusk.domain.notify.Channel;
import propusk.domain.notify.Notifications;
import propusk.domain.registration.Registrations;
import propusk.domain.seal.Tokens;
import propusk.domain.websession.WebSessions;
import propusk.miniapp.edge.ClientAddresses;
import propusk.miniapp.edge.KeyDoor;
import propusk.miniapp.edge.Problems;
import propusk.miniapp.page.Shells;
import propusk.miniapp.page.Templates;
import propusk.miniapp.phone.PhoneNumbers;
import propusk.miniapp.push.Push;
import tools.jackson.databind.ObjectMapper;

/// Registering with a name and a shared contact: its pages, its JSON and its events.
public final class Register {
  private final RegisterPages pages;
  private final RegisterApi api;
  private final RegisterEvents events;
  private final Push push;

  /// What it is built from.
  ///
  /// @param botLink such as `https://t.me/propusk_bot`
  /// @param botUsername without the at sign
  public record Parts(
      Jdbi jdbi,
      Registrations registrations,
      Accounts accounts,
      WebSessions webSessions,
      InstantSource clock,
      ClientAddresses addresses,
      KeyDoor keys,
      Shells shells,
      Templates templates,
      Tokens tokens,
      ObjectMapper json,
      Push push,
      Problems problems,
      String botLink,
      String botUsername) {}

  public Register(Parts parts) {
    var door =
        new RegisterDoor(
            parts.jdbi(),
            parts.registrations(),
            parts.webSessions(),
            parts.clock(),
            parts.addresses(),
            parts.shells(),
            new PhoneNumbers(),
            new RegisterRefusals(parts.clock()),
            parts.botLink(),
            parts.botUsername());
    var views = new RegisterViews(parts.json(), door);
    push = parts.push();
    pages = new RegisterPages(door, parts.templates(), parts.tokens(), views, parts.json());
    api = new RegisterApi(parts.json(), door, parts.keys(), parts.accounts());
    events = new RegisterEvents(door, views, push, parts.problems());
  }

  public void routes(RoutesConfig routes) {
    pages.add(routes);
    api.add(routes);
  }

  /// The handler of its event stream, to stand before all others.
  public Handler.Singleton events() {
    return events;
  }

  public void listen(Notifications notifications) {
    notifications.on(
        Channel.REGISTRATION,
        ids -> {
          if (ids.equals(Notifications.EVERYTHING)) {
            push.hintAll();
          } else {
            push.hint(RegisterEvents.topic(ids));
          }
        });
  }
}
