package propusk.miniapp.event;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.magic.MagicLinks;
import propusk.domain.magic.MagicOutcome;
import propusk.domain.seal.Secret;
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
  private final Templates templates;

  MagicPages(EventDoor door, MagicLinks links, Templates templates) {
    this.door = door;
    this.links = links;
    this.templates = templates;
  }

  void add(RoutesConfig routes) {
    routes.get(PATH, this::ask);
    routes.post(PATH, this::redeem);
  }

  private void ask(Context ctx) {
    var account =
        token(ctx)
            .flatMap(secret ->
                door.jdbi()
                    .withHandle(handle ->
                        links
                            .find(handle, secret)
                            .map(link -> door.accounts().get(handle, link.account()))));
    if (account.isEmpty()) {
      says(ctx, 410, "old");
      return;
    }
    var shell = door.shells().site(Shells.siteLanguage(ctx), Optional.of("site.js"));
    templates.show(ctx, 200, "magic", new MagicPage(shell, account.get()));
  }

  private void redeem(Context ctx) {
    var from = door.browser(ctx);
    var outcome =
        token(ctx)
            .map(secret -> door.in(handle -> redeem(handle, ctx, secret, from)))
            .orElseGet(MagicOutcome.Unknown::new);
    switch (outcome) {
      case MagicOutcome.Entered(var session, var redirect) -> {
        Cookies.set(ctx, Cookies.SESSION, session);
        ctx.redirect(redirect.value(), HttpStatus.SEE_OTHER);
      }
      case MagicOutcome.Spent() -> says(ctx, 409, "spent");
      case MagicOutcome.Old(), MagicOutcome.Unknown() -> says(ctx, 410, "old");
    }
  }

  private MagicOutcome redeem(Handle handle, Context ctx, Secret secret, BrowserInfo from) {
    var outcome = links.redeem(handle, secret, from);
    if (outcome instanceof MagicOutcome.Entered) {
      door.leave(handle, ctx);
    }
    return outcome;
  }

  private void says(Context ctx, int status, String key) {
    var shell = door.shells().site(Shells.siteLanguage(ctx), Optional.empty());
    var words = shell.words();
    templates.show(
        ctx,
        status,
        "site-notice",
        new NoticePage(
            shell,
            key.equals("spent") ? "pages" : "hourglass",
            "warn",
            words.say("magic." + key + ".title"),
            words.say("magic." + key + ".text"),
            Optional.empty()));
  }

  private static Optional<Secret> token(Context ctx) {
    var text = ctx.pathParam("token");
    return TOKEN.matcher(text).matches() ? Optional.of(new Secret(text)) : Optional.empty();
  }
}
