package propusk.miniapp.event;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import propusk.domain.account.Account;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.magic.MagicLink;
import propusk.domain.magic.MagicLinks;
import propusk.domain.magic.MagicOutcome;
import propusk.domain.seal.Secret;
import propusk.miniapp.account.AccountViews;
import propusk.miniapp.account.EnterPage;
import propusk.miniapp.edge.Cookies;
import propusk.miniapp.page.NoticePage;
import propusk.miniapp.page.Shells;
import propusk.miniapp.page.Templates;

/// `/auth/magic/{token}`: a GET names the account and shows a button, however often it comes; only
/// the button's POST spends the link.
final class MagicPages {
  private static final String PATH = "/auth/magic/{token}";
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final EventDoor door;
  private final MagicLinks links;
  private final AccountViews views;
  private final Templates templates;
  private final String host;

  /// @param host where we are, as people see it
  MagicPages(
      EventDoor door, MagicLinks links, AccountViews views, Templates templates, String host) {
    this.door = door;
    this.links = links;
    this.views = views;
    this.templates = templates;
    this.host = host;
  }

  void add(RoutesConfig routes) {
    routes.get(PATH, this::ask);
    routes.post(PATH, this::redeem);
  }

  private void ask(Context ctx) {
    answer(
        ctx,
        token(ctx)
            .map(secret -> door.jdbi().withHandle(handle -> links.look(handle, secret)))
            .orElseGet(MagicOutcome.Unknown::new));
  }

  private void redeem(Context ctx) {
    var from = door.browser(ctx);
    answer(
        ctx,
        token(ctx)
            .map(secret -> door.in(handle -> redeem(handle, ctx, secret, from)))
            .orElseGet(MagicOutcome.Unknown::new));
  }

  private MagicOutcome redeem(Handle handle, Context ctx, Secret secret, BrowserInfo from) {
    var outcome = links.redeem(handle, secret, from);
    if (outcome instanceof MagicOutcome.Entered) {
      door.leave(handle, ctx);
    }
    return outcome;
  }

  private void answer(Context ctx, MagicOutcome outcome) {
    switch (outcome) {
      case MagicOutcome.Open(var link) -> name(ctx, link);
      case MagicOutcome.Entered(var session, var redirect) -> {
        Cookies.set(ctx, Cookies.SESSION, session);
        ctx.redirect(redirect.value(), HttpStatus.SEE_OTHER);
      }
      case MagicOutcome.Spent(var link) -> {
        // Back, or a second tab, in the browser that has used it.
        if (visitor(ctx).filter(who -> who.id().equals(link.account())).isPresent()) {
          ctx.redirect(link.redirect().value(), HttpStatus.SEE_OTHER);
        } else {
          says(ctx, 409, "pages", "magic.spent", Optional.of(link));
        }
      }
      case MagicOutcome.Old(var link) ->
          says(ctx, 410, "hourglass", "magic.old", Optional.of(link));
      case MagicOutcome.Unknown() -> says(ctx, 404, "info", "magic.dead", Optional.empty());
    }
  }

  private void name(Context ctx, MagicLink link) {
    var account = door.jdbi().withHandle(handle -> door.accounts().get(handle, link.account()));
    var language = Shells.siteLanguage(ctx, Optional.of(account.language()));
    var shell = door.shells().site(language, Optional.of("site.js"));
    var page = new EnterPage(shell, account, "magic", host, false, visitor(ctx));
    templates.show(ctx, 200, "enter", page);
  }

  private Optional<Account> visitor(Context ctx) {
    return door.session(ctx)
        .flatMap(cookie -> door.jdbi().withHandle(handle -> views.visitor(handle, cookie)));
  }

  /// @param link leads on to the page where another code can be had
  private void says(Context ctx, int status, String icon, String key, Optional<MagicLink> link) {
    var shell = door.shells().site(Shells.siteLanguage(ctx), Optional.empty());
    var words = shell.words();
    templates.show(
        ctx,
        status,
        "site-notice",
        new NoticePage(
            shell,
            icon,
            "warn",
            words.say(key + ".title"),
            words.say(key + ".text"),
            link.map(it -> new NoticePage.Link(it.redirect().value(), words.say("magic.again")))));
  }

  private static Optional<Secret> token(Context ctx) {
    var text = ctx.pathParam("token");
    return TOKEN.matcher(text).matches() ? Optional.of(new Secret(text)) : Optional.empty();
  }
}
