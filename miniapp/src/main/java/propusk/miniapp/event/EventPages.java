package propusk.miniapp.event;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import propusk.domain.account.AccountId;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.event.Event;
import propusk.domain.event.EventStanding;
import propusk.domain.seal.Secret;
import propusk.domain.signin.ExchangeOutcome;
import propusk.domain.signin.SignIn;
import propusk.domain.signin.SignInState;
import propusk.domain.websession.LoginVia;
import propusk.domain.websession.WebSession;
import propusk.miniapp.edge.Cookies;
import propusk.miniapp.edge.FormTokens;
import propusk.miniapp.page.Shells;
import propusk.miniapp.page.Templates;
import propusk.miniapp.qr.QrSvg;

/// `/p/{org}/events/{id}`: what anybody may know of an event, and beside it the way in. The page
/// always shows the state of the sign-in that the browser's cookie names; each form leads back to
/// it. Works without scripts.
final class EventPages {
  private static final String PATH = "/p/{org}/events/{id}";
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
    routes.post(PATH, this::submit);
    routes.get(PATH + "/status", this::status);
  }

  private void show(Context ctx) {
    var event = door.event(ctx);
    var session = door.session(ctx);
    var visitor = session.flatMap(cookie -> visitor(event, cookie));
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

  private void submit(Context ctx) {
    var event = door.event(ctx);
    switch (Optional.ofNullable(ctx.formParam("do")).orElse("")) {
      // Nothing to protect: whoever makes a browser ask for a code has nothing of it.
      case "code" ->
          door.begin(ctx, Optional.of(event.organization()), Optional.of(event), Optional.empty());
      case "enter" -> enter(ctx, event);
      case "join" -> join(ctx, event);
      default -> {}
    }
    ctx.redirect(event.path(), HttpStatus.SEE_OTHER);
  }

  /// The person said yes: this browser goes in, once.
  private void enter(Context ctx, Event event) {
    var cookie = EventCookie.of(ctx);
    if (cookie.isEmpty()
        || !FormTokens.fits(cookie.get().value(), ctx.formParam(FormTokens.FIELD))
        || door.find(cookie, event).isEmpty()) {
      return;
    }
    var from = door.browser(ctx);
    var session =
        door.in(handle ->
            switch (door.signIns().exchange(handle, cookie.get().signIn(), cookie.get().proof())) {
              case ExchangeOutcome.Entered(var signIn, var account) -> {
                door.leave(handle, ctx);
                yield Optional.of(enter(handle, signIn, account, from));
              }
              case ExchangeOutcome.NotApproved _, ExchangeOutcome.Unknown _ ->
                  Optional.<Secret>empty();
            });
    session.ifPresent(secret -> {
      Cookies.set(ctx, Cookies.SESSION, secret);
      Cookies.clear(ctx, Cookies.EVENT);
    });
  }

  /// Whom an organization vouched for is in on its pages only.
  private Secret enter(Handle handle, SignIn signIn, AccountId account, BrowserInfo from) {
    var via = LoginVia.TELEGRAM_CONFIRM;
    return signIn
        .vouchedBy()
        .map(organization -> door.webSessions().enterFor(handle, organization, via, account, from))
        .orElseGet(() -> door.webSessions().enter(handle, via, account, from));
  }

  private void join(Context ctx, Event event) {
    var session =
        door.session(ctx)
            .filter(cookie -> FormTokens.fits(cookie, ctx.formParam(FormTokens.FIELD)));
    session.ifPresent(cookie ->
        door.in(handle ->
            shown(handle, event, cookie)
                .map(visitor -> door.events().register(handle, event.id(), visitor.account()))));
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
      panel = new EventPage.In(name);
    } else {
      panel = new EventPage.Join(name, standing == EventStanding.OPEN);
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

  private Optional<WebSession> visitor(Event event, Secret cookie) {
    return door.in(handle -> shown(handle, event, cookie));
  }

  /// Also who was vouched for by this event's organization.
  private Optional<WebSession> shown(Handle handle, Event event, Secret cookie) {
    return door.webSessions().showTo(handle, event.organization().id(), cookie);
  }
}
