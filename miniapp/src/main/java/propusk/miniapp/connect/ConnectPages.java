package propusk.miniapp.connect;

import io.javalin.http.Context;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import propusk.domain.account.Account;
import propusk.domain.account.Language;
import propusk.domain.login.Login;
import propusk.domain.seal.Secret;
import propusk.miniapp.connect.FollowedLogins.Followed;
import propusk.miniapp.edge.FormTokens;
import propusk.miniapp.page.NoticePage;
import propusk.miniapp.page.Shells;
import propusk.miniapp.page.Templates;
import propusk.miniapp.page.Words;
import propusk.miniapp.qr.QrSvg;
import propusk.miniapp.qrauth.EndPart;
import propusk.miniapp.qrauth.LoginViews;
import propusk.miniapp.qrauth.OwnerView;
import propusk.miniapp.qrauth.ScriptWords;
import tools.jackson.databind.ObjectMapper;

/// Shows the pages of a login in an ordinary browser.
final class ConnectPages {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  private final Shells shells;
  private final Templates templates;
  private final LoginViews views;
  private final ObjectMapper json;
  private final String host;
  private final String sample = QrSvg.sample();

  ConnectPages(Connect.Parts parts) {
    shells = parts.shells();
    templates = parts.templates();
    views = parts.views();
    json = parts.json();
    host = parts.baseUrl().getAuthority();
  }

  void form(Context ctx, Secret cookie) {
    form(ctx, 200, cookie, _ -> Optional.empty());
  }

  /// There is no such code, or it cannot be used.
  ///
  /// @param triesLeft how many guesses this browser still has
  void wrongCode(Context ctx, Secret cookie, String key, int triesLeft) {
    form(
        ctx,
        422,
        cookie,
        words -> {
          var text = words.say("connect.error." + key, Map.of("tries", triesLeft));
          return Optional.of(new ConnectFormPage.Problem(text, true, Optional.empty()));
        });
  }

  void tooMany(Context ctx, Secret cookie, Instant until) {
    form(
        ctx,
        429,
        cookie,
        words -> {
          var text = words.say("connect.error.closed", Map.of("time", UTC.format(until)));
          return Optional.of(
              new ConnectFormPage.Problem(text, false, Optional.of(until.toString())));
        });
  }

  private void form(
      Context ctx,
      int status,
      Secret cookie,
      java.util.function.Function<Words, Optional<ConnectFormPage.Problem>> problem) {
    var shell = shells.connect(Shells.siteLanguage(ctx), "connect-form.js");
    var page = new ConnectFormPage(shell, FormTokens.of(cookie), problem.apply(shell.words()));
    templates.show(ctx, status, "connect-form", page);
  }

  /// Whose login a link opens.
  ///
  /// @param kind `screen` or `password`
  void ask(Context ctx, Login login, String kind) {
    var account = login.account().orElseThrow();
    var shell = shells.site(language(ctx, account), Optional.empty());
    templates.show(
        ctx, 200, "connect-ask", new ConnectAskPage(shell, Holder.of(account), kind, host));
  }

  void live(Context ctx, Followed followed, Secret cookie) {
    var login = followed.snapshot().login();
    var account = login.account().orElseThrow();
    var shell = shells.connect(language(ctx, account), "connect-live.js");
    var page =
        new ConnectLivePage(
            shell,
            Holder.of(account),
            views.full(OwnerView.of(followed.snapshot())).toString(),
            login.state(),
            views.left(login),
            FormTokens.of(cookie),
            host,
            ScriptWords.json(json, shell.words()),
            sample,
            EndPart.all(shell.words()));
    templates.show(ctx, 200, "connect-live", page);
  }

  private static Language language(Context ctx, Account account) {
    return Shells.siteLanguage(ctx, Optional.of(account.language()));
  }

  /// A page that only says something, such as that a link was used before.
  void says(Context ctx, int status, String icon, String key) {
    var shell = shells.site(Shells.siteLanguage(ctx), Optional.empty());
    var words = shell.words();
    var link =
        words.has(key + ".button")
            ? Optional.of(new NoticePage.Link("/connect", words.say(key + ".button")))
            : Optional.<NoticePage.Link>empty();
    var page =
        new NoticePage(
            shell, icon, "info", words.say(key + ".title"), words.say(key + ".text"), link);
    templates.show(ctx, status, "site-notice", page);
  }
}
