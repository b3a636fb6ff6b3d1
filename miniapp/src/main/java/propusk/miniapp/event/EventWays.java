package propusk.miniapp.event;

import io.javalin.config.RoutesConfig;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import propusk.domain.notify.Channel;
import propusk.domain.notify.Notifications;
import propusk.miniapp.Feature;
import propusk.miniapp.Ground;
import propusk.miniapp.push.Push;

/// Pages of events, the codes that lead in to them, and the links from the chat.
public final class EventWays implements Feature {
  private final EventPages pages;
  private final EventForms forms;
  private final CodeApi api;
  private final MagicPages magic;
  private final EventWaiting waiting;
  private final Push push;

  public EventWays(Ground ground) {
    var given = ground.given();
    var door =
        new EventDoor(
            given.jdbi(),
            given.signIns(),
            given.organizations(),
            given.events(),
            given.accounts(),
            given.webSessions(),
            given.clock(),
            ground.tokens(),
            ground.addresses(),
            ground.shells(),
            ground.bots().link().toString(),
            ground.bots().username());
    var views = new EventViews(ground.json());
    push = ground.push();
    pages = new EventPages(door, views, ground.templates());
    forms = new EventForms(door);
    api =
        new CodeApi(
            ground.json(), door, ground.keys(), given.admissions(), ground.baseUrl().toString());
    magic =
        new MagicPages(
            door,
            given.magicLinks(),
            ground.accountViews(),
            ground.templates(),
            ground.baseUrl().getAuthority());
    waiting = new EventWaiting(door, views, push, ground.problems());
  }

  @Override
  public void routes(RoutesConfig routes) {
    pages.add(routes);
    forms.add(routes);
    api.add(routes);
    magic.add(routes);
  }

  @Override
  public Optional<Handler.Singleton> events() {
    return Optional.of(waiting);
  }

  @Override
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
