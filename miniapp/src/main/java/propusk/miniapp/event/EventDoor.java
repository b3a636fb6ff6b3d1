package propusk.miniapp.event;

import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.account.Accounts;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.event.Event;
import propusk.domain.event.Events;
import propusk.domain.organization.Organization;
import propusk.domain.organization.Organizations;
import propusk.domain.organization.Slug;
import propusk.domain.seal.Secret;
import propusk.domain.seal.Tokens;
import propusk.domain.signin.BeginOutcome;
import propusk.domain.signin.BrowserProof;
import propusk.domain.signin.LocalPath;
import propusk.domain.signin.SignIn;
import propusk.domain.signin.SignInRequest;
import propusk.domain.signin.SignIns;
import propusk.domain.time.Times;
import propusk.domain.websession.WebSession;
import propusk.domain.websession.WebSessions;
import propusk.miniapp.edge.ClientAddresses;
import propusk.miniapp.edge.Cookies;
import propusk.miniapp.edge.Problem;
import propusk.miniapp.edge.Refused;
import propusk.miniapp.page.Shells;
import propusk.miniapp.page.Words;

/// What the pages, the JSON and the waiting of an event's sign-in have in common.
///
/// @param botLink such as `https://t.me/propusk_bot`
/// @param botUsername without the at sign
record EventDoor(
    Jdbi jdbi,
    SignIns signIns,
    Organizations organizations,
    Events events,
    Accounts accounts,
    WebSessions webSessions,
    InstantSource clock,
    Tokens tokens,
    ClientAddresses addresses,
    Shells shells,
    String botLink,
    String botUsername) {

  /// What a browser began: it waits now.
  record Begun(SignIn signIn, EventCookie cookie) {}

  <T> T in(Function<Handle, T> work) {
    return jdbi.inTransaction(work::apply);
  }

  Words words(Context ctx) {
    return shells.words(Shells.siteLanguage(ctx));
  }

  /// The event that the address names.
  Event event(Context ctx) {
    return Slug.parse(ctx.pathParam("org"))
        .flatMap(slug -> jdbi.withHandle(h -> events.find(h, slug, ctx.pathParam("id"))))
        .orElseThrow(() -> new Refused(Problem.NOT_FOUND));
  }

  /// What the browser waits on, whatever became of it.
  Optional<SignIn> find(Optional<EventCookie> cookie) {
    return cookie.flatMap(
        own -> jdbi.withHandle(handle -> signIns.inspect(handle, own.signIn(), own.proof())));
  }

  /// The same, where it is for this event.
  Optional<SignIn> find(Optional<EventCookie> cookie, Event event) {
    return find(cookie)
        .filter(found -> found.eventId().filter(id -> id == event.id().value()).isPresent());
  }

  /// A new code for this browser; the one before ends by its time.
  Begun begin(
      Context ctx,
      Optional<Organization> organization,
      Optional<Event> event,
      Optional<LocalPath> redirect) {
    var secret = tokens.secret();
    var request =
        new SignInRequest(
            new BrowserProof.Cookie(secret),
            browser(ctx),
            addresses.of(ctx).subject(),
            redirect,
            false);
    var outcome =
        in(handle ->
            signIns.beginForEvent(
                handle,
                request,
                organization.map(each -> each.id().value()),
                event.map(each -> each.id().value())));
    return switch (outcome) {
      case BeginOutcome.Begun(var signIn) -> {
        var cookie = new EventCookie(signIn.id(), secret);
        Cookies.set(ctx, Cookies.EVENT, cookie.value());
        yield new Begun(signIn, cookie);
      }
      case BeginOutcome.Limited(var until) ->
          throw new Refused(
              Problem.of(429, "too_many_attempts", words(ctx).say("register.error.too_many"))
                  .withRetryAfter(clock.instant(), until));
    };
  }

  BrowserInfo browser(Context ctx) {
    return BrowserInfo.of(
        Optional.ofNullable(ctx.header("User-Agent")), Optional.of(addresses.of(ctx).ip()));
  }

  Optional<Secret> session(Context ctx) {
    return Cookies.findSecret(ctx, Cookies.SESSION);
  }

  /// Who has this cookie, as far as this event's page may know: also whom its organization vouched
  /// for.
  Optional<WebSession> shown(Handle handle, Event event, Secret cookie) {
    return webSessions.showTo(handle, event.organization().id(), cookie);
  }

  /// The browser changes hands: what it was signed in with before counts no more.
  void leave(Handle handle, Context ctx) {
    session(ctx).ifPresent(earlier -> webSessions.revoke(handle, earlier));
  }

  String deepLink(SignIn signIn) {
    return botLink + "?start=" + signIns.start(signIn).value();
  }

  /// Whole seconds, rounded up.
  long secondsUntil(Instant at) {
    return Times.secondsUntil(clock.instant(), at);
  }
}
