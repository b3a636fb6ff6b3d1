package propusk.miniapp.dashboard;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.account.AccountId;
import propusk.domain.account.Accounts;
import propusk.domain.seal.Secret;
import propusk.domain.session.TelegramSessions;
import propusk.domain.subscription.Subscriptions;
import propusk.domain.websession.WebSessions;
import propusk.miniapp.edge.Cookies;
import propusk.miniapp.edge.FormTokens;
import propusk.miniapp.edge.Problem;
import propusk.miniapp.edge.Refused;
import propusk.miniapp.page.Shells;
import propusk.miniapp.page.Templates;

/// `GET /dashboard` and `POST /logout`. A browser that is not signed in is led to sign in; a client
/// that wants no page gets a 401.
public final class Dashboard {
  public static final String PATH = "/dashboard";

  private static final String SIGN_IN = "/login/phone";

  private final Parts parts;

  /// What it is built from.
  public record Parts(
      Jdbi jdbi,
      Accounts accounts,
      Subscriptions subscriptions,
      TelegramSessions telegramSessions,
      WebSessions webSessions,
      InstantSource clock,
      Shells shells,
      Templates templates) {}

  public Dashboard(Parts parts) {
    this.parts = parts;
  }

  public void routes(RoutesConfig routes) {
    routes.get(PATH, this::show);
    routes.post("/logout", this::logOut);
  }

  private void show(Context ctx) {
    var cookie = Cookies.findSecret(ctx, Cookies.SESSION);
    var page = cookie.flatMap(secret -> page(ctx, secret));
    if (page.isPresent()) {
      parts.templates().show(ctx, 200, "dashboard", page.get());
      return;
    }
    if (cookie.isPresent()) {
      Cookies.clear(ctx, Cookies.SESSION);
    }
    signedOut(ctx);
  }

  private Optional<DashboardPage> page(Context ctx, Secret cookie) {
    return parts
        .jdbi()
        .inTransaction(handle ->
            parts
                .webSessions()
                .show(handle, cookie)
                .map(session -> page(ctx, handle, session.account(), cookie)));
  }

  private DashboardPage page(Context ctx, Handle handle, AccountId id, Secret cookie) {
    var subscription = parts.subscriptions().find(handle, id);
    return new DashboardPage(
        parts.shells().site(Shells.siteLanguage(ctx), Optional.of("site.js")),
        parts.accounts().get(handle, id),
        subscription,
        subscription.filter(held -> held.active(parts.clock().instant())).isPresent(),
        parts.telegramSessions().findLive(handle, id),
        FormTokens.of(cookie));
  }

  private void logOut(Context ctx) {
    var cookie = Cookies.findSecret(ctx, Cookies.SESSION);
    if (cookie.isPresent()) {
      if (!FormTokens.fits(cookie.get(), ctx.formParam(FormTokens.FIELD))) {
        throw new Refused(Problem.FORM_STALE);
      }
      parts.jdbi().useTransaction(handle -> parts.webSessions().revoke(handle, cookie.get()));
      Cookies.clear(ctx, Cookies.SESSION);
    }
    signedOut(ctx);
  }

  private static void signedOut(Context ctx) {
    var accept = ctx.header("Accept");
    if (accept == null || !accept.contains("text/html")) {
      throw new Refused(Problem.SIGNED_OUT);
    }
    ctx.redirect(SIGN_IN, HttpStatus.SEE_OTHER);
  }
}
