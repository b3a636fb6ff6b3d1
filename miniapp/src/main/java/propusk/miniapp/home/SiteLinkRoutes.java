package propusk.miniapp.home;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.account.Account;
import propusk.domain.account.AccountId;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.seal.Secret;
import propusk.domain.visit.SiteLink;
import propusk.domain.visit.Visits;
import propusk.miniapp.account.AccountViews;
import propusk.miniapp.account.EnterPage;
import propusk.miniapp.account.OwnAccount;
import propusk.miniapp.device.RememberedBrowsers;
import propusk.miniapp.edge.Cookies;
import propusk.miniapp.page.NoticePage;
import propusk.miniapp.page.Shells;

/// The link from the home inside Telegram into an ordinary browser. Its GET names the account and
/// shows a button, however often; only the POST spends it.
final class SiteLinkRoutes {
  static final String PATH = "/app/site/";

  private final Jdbi jdbi;
  private final Visits visits;
  private final AccountViews views;
  private final Home.Parts parts;

  SiteLinkRoutes(Home.Parts parts) {
    this.parts = parts;
    jdbi = parts.jdbi();
    visits = parts.visits();
    views = parts.views();
  }

  void add(RoutesConfig routes) {
    routes.get(PATH + "{link}", this::ask);
    routes.post(PATH + "{link}", this::enter);
  }

  private void ask(Context ctx) {
    answer(ctx, jdbi.withHandle(handle -> visits.look(handle, link(ctx))));
  }

  private void enter(Context ctx) {
    var from =
        BrowserInfo.of(
            Optional.ofNullable(ctx.userAgent()), Optional.of(parts.addresses().of(ctx).ip()));
    var entrance = jdbi.inTransaction(handle -> enter(handle, ctx, from));
    entrance.device().ifPresent(cookie -> RememberedBrowsers.keep(ctx, cookie));
    answer(ctx, entrance.outcome());
  }

  /// @param device the cookie of a browser that is remembered now
  private record Entrance(SiteLink outcome, Optional<Secret> device) {}

  private Entrance enter(Handle handle, Context ctx, BrowserInfo from) {
    var outcome = visits.enter(handle, link(ctx), from);
    if (!(outcome instanceof SiteLink.Entered(var session))) {
      return new Entrance(outcome, Optional.empty());
    }
    var device =
        Optional.ofNullable(ctx.formParam("remember"))
            .flatMap(_ -> views.webSessions().peek(handle, session))
            .map(entered ->
                parts
                    .remembered()
                    .remember(
                        handle,
                        Cookies.findSecret(ctx, Cookies.DEVICE),
                        entered.account(),
                        from,
                        session));
    // The browser changes hands: what it was signed in with before counts no more.
    Cookies.findSecret(ctx, Cookies.SESSION)
        .ifPresent(earlier -> views.webSessions().revoke(handle, earlier));
    return new Entrance(outcome, device);
  }

  private void answer(Context ctx, SiteLink outcome) {
    switch (outcome) {
      case SiteLink.Open(var account) -> name(ctx, account);
      case SiteLink.Entered(var cookie) -> {
        Cookies.set(ctx, Cookies.SESSION, cookie);
        ctx.redirect(OwnAccount.DASHBOARD, HttpStatus.SEE_OTHER);
      }
      case SiteLink.Spent(var account) -> {
        // Back, or a second tab, in the browser that has used it.
        if (isIn(ctx, account)) {
          ctx.redirect(OwnAccount.DASHBOARD, HttpStatus.SEE_OTHER);
        } else {
          says(ctx, 409, "pages", "enter.spent");
        }
      }
      case SiteLink.Old _ -> says(ctx, 410, "clock", "enter.old");
      case SiteLink.Unknown _ -> says(ctx, 404, "info", "enter.dead");
    }
  }

  private void name(Context ctx, AccountId id) {
    var account = jdbi.withHandle(handle -> views.accounts().get(handle, id));
    var language = Shells.siteLanguage(ctx, Optional.of(account.language()));
    var shell = parts.shells().site(language, Optional.of("site.js"));
    var host = parts.baseUrl().getAuthority();
    var page = new EnterPage(shell, account, "enter", host, true, visitor(ctx));
    parts.templates().show(ctx, 200, "enter", page);
  }

  private boolean isIn(Context ctx, AccountId account) {
    return visitor(ctx).filter(visitor -> visitor.id().equals(account)).isPresent();
  }

  private Optional<Account> visitor(Context ctx) {
    return Cookies.findSecret(ctx, Cookies.SESSION)
        .flatMap(cookie -> jdbi.withHandle(handle -> views.visitor(handle, cookie)));
  }

  private void says(Context ctx, int status, String icon, String key) {
    var shell = parts.shells().site(Shells.siteLanguage(ctx), Optional.empty());
    var words = shell.words();
    var bot = parts.botLink().apply(Optional.empty());
    var link = new NoticePage.Link(bot, words.say("outside.button"));
    parts
        .templates()
        .show(
            ctx,
            status,
            "site-notice",
            new NoticePage(
                shell,
                icon,
                "info",
                words.say(key + ".title"),
                words.say(key + ".text"),
                Optional.of(link)));
  }

  /// Longer ones are none of ours; what they hash to is found nowhere.
  private static Secret link(Context ctx) {
    return new Secret(ctx.pathParam("link"));
  }
}
