package propusk.miniapp.connect;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.login.LinkOutcome;
import propusk.domain.login.LoginBrowser;
import propusk.domain.login.LoginLinks;
import propusk.domain.login.Logins;
import propusk.domain.login.PageCode;
import propusk.domain.seal.Secret;
import propusk.domain.seal.Tokens;
import propusk.miniapp.edge.ConnectCookie;
import propusk.miniapp.edge.Cookies;
import propusk.miniapp.edge.FormTokens;
import propusk.miniapp.edge.Problem;
import propusk.miniapp.edge.Refused;
import propusk.miniapp.qrauth.LoginViews;
import propusk.miniapp.qrauth.OwnerView;

/// The second screen: the form for a page code, page links, the live page and its JSON. A GET never
/// spends anything.
final class ConnectRoutes {
  private static final String JSON = "application/json";
  private static final String SCREEN = "/connect/screen";

  private final Jdbi jdbi;
  private final Logins logins;
  private final LoginLinks links;
  private final LoginViews views;
  private final Tokens tokens;
  private final Browsers browsers;
  private final FollowedLogins followed;
  private final ConnectPages pages;

  ConnectRoutes(Connect.Parts parts, FollowedLogins followed, ConnectPages pages) {
    jdbi = parts.jdbi();
    logins = parts.logins();
    links = parts.links();
    views = parts.views();
    tokens = parts.tokens();
    browsers = new Browsers(parts.addresses());
    this.followed = followed;
    this.pages = pages;
  }

  void add(RoutesConfig routes) {
    routes.get("/connect", this::form);
    routes.post("/connect", this::enter);
    routes.get(SCREEN, this::screen);
    routes.get("/connect/status", this::status);
    routes.post("/connect/cancel", this::cancel);
    routes.get("/connect/{link}", this::ask);
    routes.post("/connect/{link}", this::open);
  }

  private void form(Context ctx) {
    var cookie = ConnectCookie.of(ctx).orElseGet(tokens::secret);
    Cookies.set(ctx, Cookies.CONNECT, cookie);
    pages.form(ctx, cookie);
  }

  private void enter(Context ctx) {
    var cookie = formCookie(ctx);
    var guesser = browsers.guesser(ctx, cookie);
    var code = Optional.ofNullable(ctx.formParam("code")).flatMap(PageCode::parse);
    var info = browsers.info(ctx);
    var outcome = jdbi.inTransaction(handle -> links.openByPageCode(handle, code, guesser, info));
    switch (outcome) {
      case LinkOutcome.Opened(var bound) -> goOn(ctx, bound, SCREEN);
      case LinkOutcome.Closed(var until) -> pages.tooMany(ctx, cookie, until);
      case LinkOutcome.Unknown _ -> {
        int left = jdbi.withHandle(handle -> links.guessesLeft(handle, guesser));
        pages.wrongCode(ctx, cookie, "unknown", left);
      }
      case LinkOutcome.Spent _ -> pages.wrongCode(ctx, cookie, "spent", 0);
      case LinkOutcome.Old(boolean newer) ->
          pages.wrongCode(ctx, cookie, newer ? "newer" : "old", 0);
    }
  }

  private void ask(Context ctx) {
    var link = Browsers.link(ctx);
    var login =
        link.flatMap(secret -> jdbi.withHandle(handle -> links.findByPageLink(handle, secret)));
    if (login.isPresent()) {
      pages.ask(ctx, login.get(), "screen");
    } else if (link.isPresent() && ownScreen(ctx)) {
      // Back, or a second tab, in the browser that has opened it.
      ctx.redirect(SCREEN, HttpStatus.SEE_OTHER);
    } else {
      pages.says(ctx, 404, "info", "link.dead");
    }
  }

  private void open(Context ctx) {
    var link = Browsers.link(ctx);
    var info = browsers.info(ctx);
    var outcome =
        link.map(secret -> jdbi.inTransaction(handle -> links.openByPageLink(handle, secret, info)))
            .orElseGet(LinkOutcome.Unknown::new);
    switch (outcome) {
      case LinkOutcome.Opened(var cookie) -> goOn(ctx, cookie, SCREEN);
      case LinkOutcome.Spent _ -> {
        if (ownScreen(ctx)) {
          ctx.redirect(SCREEN, HttpStatus.SEE_OTHER);
        } else {
          pages.says(ctx, 409, "pages", "link.spent");
        }
      }
      case LinkOutcome.Old _ -> pages.says(ctx, 410, "clock", "link.old");
      case LinkOutcome.Unknown _, LinkOutcome.Closed _ -> pages.says(ctx, 404, "info", "link.dead");
    }
  }

  private void screen(Context ctx) {
    var cookie = ConnectCookie.of(ctx);
    var found = followed.find(cookie);
    if (found.isEmpty() || cookie.isEmpty()) {
      ctx.redirect("/connect", HttpStatus.SEE_OTHER);
      return;
    }
    switch (found.get().browser().kind()) {
      case SECOND_SCREEN, PASSWORD -> pages.live(ctx, found.get(), cookie.get());
      case PHONE -> ctx.redirect("/login/phone", HttpStatus.SEE_OTHER);
    }
  }

  private void status(Context ctx) {
    var found =
        followed
            .find(ConnectCookie.of(ctx))
            .orElseThrow(() -> new Refused(Problem.BROWSER_UNKNOWN));
    ctx.contentType(JSON).result(views.bytes(views.full(OwnerView.of(found.snapshot()))));
  }

  private void cancel(Context ctx) {
    var found = followed.find(Optional.of(formCookie(ctx)));
    found.ifPresent(live -> jdbi.useTransaction(handle -> logins.cancel(handle, live.browser())));
    ctx.redirect(SCREEN, HttpStatus.SEE_OTHER);
  }

  private boolean ownScreen(Context ctx) {
    return followed
        .find(ConnectCookie.of(ctx))
        .filter(found -> found.browser().kind() == LoginBrowser.Kind.SECOND_SCREEN)
        .isPresent();
  }

  private static void goOn(Context ctx, Secret cookie, String path) {
    Cookies.set(ctx, Cookies.CONNECT, cookie);
    ctx.redirect(path, HttpStatus.SEE_OTHER);
  }

  /// The cookie of a browser whose own form this is.
  private static Secret formCookie(Context ctx) {
    return ConnectCookie.of(ctx)
        .filter(cookie -> FormTokens.fits(cookie, ctx.formParam(FormTokens.FIELD)))
        .orElseThrow(() -> new Refused(Problem.FORM_STALE));
  }
}
