package propusk.miniapp.event;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;
import propusk.domain.account.AccountId;
import propusk.domain.event.Event;
import propusk.domain.event.EventStanding;
import propusk.domain.seal.Secret;
import propusk.domain.signin.SignIn;
import propusk.domain.signin.SignInState;
import propusk.miniapp.edge.FormTokens;
import propusk.miniapp.page.Shells;
import propusk.miniapp.page.Templates;
import propusk.miniapp.qr.QrSvg;

/// `/p/{org}/events/{id}`: what anybody may know of an event, and beside it the way in. The page
/// always shows the state of the sign-in that the browser's cookie names; each of its forms (see
/// [EventForms]) leads back to it. Works without scripts.
final class EventPages {
  static final String PATH = "/p/{org}/events/{id}";
  private static final int PIXELS = 6;

  private final EventDoor door;
  private final EventViews views;
  private final Templates templates;

  EventPages(EventDoor door, EventViews views, Templates templates) {
    this.door = door;
    this.views = views;
    this.templates = templates;
  }

  void add(RoutesConfig routes) {
    routes.get(PATH, this::show);
    routes.get(PATH + "/status", this::status);
  }

  private void show(Context ctx) {
    var event = door.event(ctx);
    var session = door.session(ctx);
    var visitor = session.flatMap(cookie -> door.in(handle -> door.shown(handle, event, cookie)));
    if (session.isPresent() && visitor.isPresent()) {
      known(ctx, event, session.get(), visitor.get().account());
      return;
    }
    var cookie = EventCookie.of(ctx);
    render(
        ctx,
        event,
        Optional.empty(),
        cookie.map(EventCookie::value),
        door.find(cookie, event).map(this::panel).orElseGet(() -> unknown(event)));
  }

  private void status(Context ctx) {
    var found = door.find(EventCookie.of(ctx), door.event(ctx));
    ctx.contentType("application/json").result(views.bytes(found));
  }

  private void known(Context ctx, Event event, Secret session, AccountId account) {
    boolean registered =
        door.jdbi().withHandle(handle -> door.events().registered(handle, event.id(), account));
    var name = door.jdbi().withHandle(handle -> door.accounts().get(handle, account)).firstName();
    var standing = event.standing(door.clock().instant());
    EventPage.Panel panel;
    if (standing == EventStanding.CANCELLED) {
      panel = new EventPage.Cancelled();
    } else if (registered) {
      panel = new EventPage.In(name, standing != EventStanding.PAST);
    } else {
      boolean left = ctx.queryParam(EventForms.LEFT) != null;
      panel = new EventPage.Join(name, standing == EventStanding.OPEN, left);
    }
    var place = registered ? Optional.of(event.place()) : Optional.<String>empty();
    render(ctx, event, place, Optional.of(session), panel);
  }

  private EventPage.Panel unknown(Event event) {
    return event.standing(door.clock().instant()) == EventStanding.CANCELLED
        ? new EventPage.Cancelled()
        : new EventPage.Preparing();
  }

  private EventPage.Panel panel(SignIn signIn) {
    long seconds = door.secondsUntil(signIn.deadline());
    return switch (signIn.state()) {
      case SignInState.Waiting _, SignInState.Opened _, SignInState.Approved _ -> {
        if (seconds == 0) {
          yield new EventPage.Dead("expired");
        }
        var link = door.deepLink(signIn);
        yield new EventPage.Code(
            link,
            QrSvg.draw(link, PIXELS),
            door.botUsername(),
            door.signIns().code(signIn).value(),
            signIn.number(),
            signIn.version(),
            signIn.state() instanceof SignInState.Opened,
            signIn.state() instanceof SignInState.Approved,
            seconds);
      }
      case SignInState.Denied _ -> new EventPage.Dead("denied");
      case SignInState.Mismatched _ -> new EventPage.Dead("mismatched");
      case SignInState.Expired _ -> new EventPage.Dead("expired");
      // Signed in once and out again: another code is needed.
      case SignInState.Exchanged _, SignInState.Replaced _ -> new EventPage.Preparing();
    };
  }

  private void render(
      Context ctx,
      Event event,
      Optional<String> place,
      Optional<Secret> cookie,
      EventPage.Panel panel) {
    var now = door.clock().instant();
    templates.show(
        ctx,
        200,
        "event",
        new EventPage(
            door.shells().connect(Shells.siteLanguage(ctx), "event.js"),
            event,
            event.standing(now),
            now,
            place,
            cookie.map(FormTokens::of).orElse(""),
            QrSvg.sample(),
            panel));
  }
}
