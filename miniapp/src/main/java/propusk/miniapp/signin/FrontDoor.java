package propusk.miniapp.signin;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;
import propusk.domain.account.Account;
import propusk.miniapp.edge.Cookies;
import propusk.miniapp.page.Shells;

/// `/`: the site's first page, with the window to sign in; and `/signin.js`, which opens it there
/// and on other sites' pages.
final class FrontDoor {
  private final SignInWay.Parts parts;
  private final SiteScript script;

  FrontDoor(SignInWay.Parts parts) {
    this.parts = parts;
    script = new SiteScript(parts.shells(), parts.json());
  }

  void add(RoutesConfig routes) {
    routes.get("/", this::show);
    script.add(routes);
  }

  private void show(Context ctx) {
    var name =
        Cookies.findSecret(ctx, Cookies.SESSION)
            .flatMap(session ->
                parts
                    .jdbi()
                    .withHandle(handle ->
                        parts
                            .webSessions()
                            .peek(handle, session)
                            .map(in -> parts.accounts().get(handle, in.account()))));
    var shell = parts.shells().site(Shells.siteLanguage(ctx), Optional.of("front.js"));
    parts.templates().show(ctx, 200, "front", new FrontPage(shell, name.map(Account::firstName)));
  }
}
