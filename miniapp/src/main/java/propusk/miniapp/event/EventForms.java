package propusk.miniapp.event;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import propusk.domain.account.AccountId;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.event.Event;
import propusk.domain.event.LeaveOutcome;
import propusk.domain.seal.Secret;
import propusk.domain.signin.ExchangeOutcome;
import propusk.domain.signin.SignIn;
import propusk.domain.websession.LoginVia;
import propusk.miniapp.edge.Cookies;
import propusk.miniapp.edge.FormTokens;

/// What the forms of an event's page do: a new code, going in after the yes, taking a place and
/// giving it back. Whatever comes of it, the page shows it.
final class EventForms {
  /// In the address of the page after a place was given back.
  static final String LEFT = "left";

  private final EventDoor door;

  EventForms(EventDoor door) {
    this.door = door;
  }

  void add(RoutesConfig routes) {
    routes.post(EventPages.PATH, this::submit);
  }

  private void submit(Context ctx) {
    var event = door.event(ctx);
    var back = event.path();
    switch (Optional.ofNullable(ctx.formParam("do")).orElse("")) {
      // Nothing to protect: whoever makes a browser ask for a code has nothing of it.
      case "code" ->
          door.begin(ctx, Optional.of(event.organization()), Optional.of(event), Optional.empty());
      case "enter" -> enter(ctx, event);
      case "join" -> join(ctx, event);
      case "leave" -> back += leave(ctx, event) ? "?" + LEFT : "";
      default -> {}
    }
    ctx.redirect(back, HttpStatus.SEE_OTHER);
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
    known(ctx)
        .flatMap(cookie -> door.in(handle -> door.shown(handle, event, cookie)))
        .ifPresent(visitor ->
            door.in(handle ->
                door.accounts()
                    .hold(handle, visitor.account())
                    .map(held -> door.events().register(handle, event.id(), held.id()))));
  }

  /// @return whether they had a place until now
  private boolean leave(Context ctx, Event event) {
    return known(ctx)
        .flatMap(cookie ->
            door.in(handle ->
                door.shown(handle, event, cookie)
                    .map(visitor -> door.events().leave(handle, event.id(), visitor.account()))))
        .filter(LeaveOutcome.LEFT::equals)
        .isPresent();
  }

  /// The session of a browser whose own page sent the form.
  private Optional<Secret> known(Context ctx) {
    return door.session(ctx)
        .filter(cookie -> FormTokens.fits(cookie, ctx.formParam(FormTokens.FIELD)));
  }
}
