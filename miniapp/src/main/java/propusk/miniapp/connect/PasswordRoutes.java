package propusk.miniapp.connect;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.login.LinkOutcome;
import propusk.domain.login.LoginLinks;
import propusk.domain.login.Logins;
import propusk.domain.login.Submitted;
import propusk.domain.seal.Secret;
import propusk.miniapp.connect.FollowedLogins.Followed;
import propusk.miniapp.edge.ConnectCookie;
import propusk.miniapp.edge.Cookies;
import propusk.miniapp.edge.FormTokens;
import propusk.miniapp.edge.Problem;
import propusk.miniapp.edge.Refused;
import propusk.miniapp.edge.Requests;

/// The website's page for the two-step password, and the link that leads to it. The password goes
/// to the worker sealed; nothing here keeps it.
final class PasswordRoutes {
  private static final String PAGE = "/connect/password";
  private static final int MAX_PASSWORD = 512;
  private static final long CHECK_NANOS = Duration.ofSeconds(10).toNanos();
  private static final Duration LOOK = Duration.ofMillis(200);

  private final Requests requests;
  private final Jdbi jdbi;
  private final Logins logins;
  private final LoginLinks links;
  private final LongSupplier nanoTime;
  private final Browsers browsers;
  private final FollowedLogins followed;
  private final ConnectPages pages;

  PasswordRoutes(Connect.Parts parts, FollowedLogins followed, ConnectPages pages) {
    requests = new Requests(parts.json());
    jdbi = parts.jdbi();
    logins = parts.logins();
    links = parts.links();
    nanoTime = parts.nanoTime();
    browsers = new Browsers(parts.addresses());
    this.followed = followed;
    this.pages = pages;
  }

  void add(RoutesConfig routes) {
    routes.get(PAGE, this::page);
    routes.post(PAGE, this::submit);
    routes.get(PAGE + "/{link}", this::ask);
    routes.post(PAGE + "/{link}", this::open);
  }

  private void ask(Context ctx) {
    var login =
        Browsers.link(ctx)
            .flatMap(link -> jdbi.withHandle(handle -> links.findByPasswordLink(handle, link)));
    if (login.isPresent()) {
      pages.ask(ctx, login.get(), "password");
    } else if (mayType(ctx)) {
      // Back, or a second tab, in the browser that has opened it.
      ctx.redirect(PAGE, HttpStatus.SEE_OTHER);
    } else {
      pages.says(ctx, 404, "info", "link.used");
    }
  }

  private void open(Context ctx) {
    var info = browsers.info(ctx);
    var outcome =
        Browsers.link(ctx)
            .map(link -> jdbi.inTransaction(handle -> links.openByPasswordLink(handle, link, info)))
            .orElseGet(LinkOutcome.Unknown::new);
    switch (outcome) {
      case LinkOutcome.Opened(var cookie) -> {
        Cookies.set(ctx, Cookies.CONNECT, cookie);
        ctx.redirect(PAGE, HttpStatus.SEE_OTHER);
      }
      case LinkOutcome.Spent _ when mayType(ctx) -> ctx.redirect(PAGE, HttpStatus.SEE_OTHER);
      case LinkOutcome.Spent _ -> pages.says(ctx, 409, "pages", "link.used");
      case LinkOutcome.Old _ -> pages.says(ctx, 410, "clock", "link.old");
      case LinkOutcome.Unknown _, LinkOutcome.Closed _ -> pages.says(ctx, 404, "info", "link.used");
    }
  }

  private void page(Context ctx) {
    var cookie = ConnectCookie.of(ctx);
    var found = followed.find(cookie);
    if (found.isEmpty() || cookie.isEmpty()) {
      pages.says(ctx, 404, "info", "link.used");
      return;
    }
    switch (found.get().browser().kind()) {
      case SECOND_SCREEN, PASSWORD -> pages.live(ctx, found.get(), cookie.get());
      case PHONE -> ctx.redirect("/login/phone", HttpStatus.SEE_OTHER);
    }
  }

  /// From the script as JSON, answered at once; from a page without one as a form, answered when
  /// Telegram has spoken.
  private void submit(Context ctx) {
    var isJson = Optional.ofNullable(ctx.contentType()).orElse("").startsWith("application/json");
    if (isJson) {
      var body = requests.jsonBody(ctx);
      hand(
          ctx,
          Requests.text(body, "password"),
          Requests.findText(body, FormTokens.FIELD).orElse(""));
      ctx.status(HttpStatus.ACCEPTED).contentType("application/json").result("{}");
      return;
    }
    var before =
        hand(
            ctx,
            Optional.ofNullable(ctx.formParam("password")).orElse(""),
            Optional.ofNullable(ctx.formParam(FormTokens.FIELD)).orElse(""));
    awaitAnswer(ctx, before);
    ctx.redirect(PAGE, HttpStatus.SEE_OTHER);
  }

  private Followed hand(Context ctx, String password, String formToken) {
    var cookie = ConnectCookie.of(ctx);
    var found = followed.find(cookie);
    if (found.isEmpty() || cookie.isEmpty()) {
      throw new Refused(Problem.BROWSER_UNKNOWN);
    }
    if (!FormTokens.fits(cookie.get(), formToken)) {
      throw new Refused(Problem.FORM_STALE);
    }
    if (password.isEmpty() || password.length() > MAX_PASSWORD) {
      throw new Refused(Problem.BAD_REQUEST);
    }
    var id = found.get().browser().login();
    var secret = new Secret(password);
    var submitted = jdbi.inTransaction(handle -> logins.submitPassword(handle, id, secret));
    return switch (submitted) {
      case Submitted.ACCEPTED -> found.get();
      case Submitted.NOT_ASKED -> throw new Refused(Problem.NOT_ASKED);
    };
  }

  private void awaitAnswer(Context ctx, Followed before) {
    long version = before.snapshot().login().version();
    long start = nanoTime.getAsLong();
    var cookie = ConnectCookie.of(ctx);
    try {
      while (nanoTime.getAsLong() - start < CHECK_NANOS
          && followed
              .find(cookie)
              .filter(now -> now.snapshot().login().version() == version)
              .isPresent()) {
        TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean mayType(Context ctx) {
    return followed.find(ConnectCookie.of(ctx)).isPresent();
  }
}
