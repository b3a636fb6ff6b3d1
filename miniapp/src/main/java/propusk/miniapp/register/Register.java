package propusk.miniapp.register;

import io.javalin.config.RoutesConfig;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import propusk.domain.notify.Channel;
import propusk.domain.notify.Notifications;
import propusk.miniapp.Feature;
import propusk.miniapp.Ground;
import propusk.miniapp.phone.PhoneNumbers;
import propusk.miniapp.push.Push;

/// Registering with a name and a shared contact: its pages, its JSON and its events.
public final class Register implements Feature {
  private final RegisterPages pages;
  private final RegisterApi api;
  private final RegisterEvents events;
  private final Push push;

  public Register(Ground ground) {
    var given = ground.given();
    var door =
        new RegisterDoor(
            given.jdbi(),
            given.registrations(),
            given.webSessions(),
            given.clock(),
            ground.addresses(),
            ground.shells(),
            new PhoneNumbers(),
            new RegisterRefusals(given.clock()),
            ground.bots().link().toString(),
            ground.bots().username());
    var views = new RegisterViews(ground.json(), door);
    push = ground.push();
    pages = new RegisterPages(door, ground.templates(), ground.tokens(), views, ground.json());
    api = new RegisterApi(ground.json(), door, ground.keys(), given.accounts());
    events = new RegisterEvents(door, views, push, ground.problems());
  }

  @Override
  public void routes(RoutesConfig routes) {
    pages.add(routes);
    api.add(routes);
  }

  @Override
  public Optional<Handler.Singleton> events() {
    return Optional.of(events);
  }

  @Override
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
