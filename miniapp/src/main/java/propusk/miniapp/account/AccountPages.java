package propusk.miniapp.account;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import propusk.domain.account.Account;
import propusk.domain.account.Language;
import propusk.domain.device.DeviceId;
import propusk.domain.device.TrustedDevices;
import propusk.miniapp.account.Visitors.Visitor;
import propusk.miniapp.edge.Cookies;
import propusk.miniapp.page.NoticePage;
import propusk.miniapp.page.Shell;
import propusk.miniapp.page.Shells;
import propusk.miniapp.page.Templates;
import propusk.miniapp.page.Words;
import propusk.miniapp.qr.QrSvg;

/// Shows a person's own account.
final class AccountPages {
  private static final String SCRIPT = "account.js";

  private final Shells shells;
  private final Templates templates;
  private final OwnAccount.Bot bot;

  AccountPages(OwnAccount.Parts parts) {
    shells = parts.shells();
    templates = parts.templates();
    bot = parts.bot();
  }

  /// @param template `dashboard` or `account-sessions`
  void show(Context ctx, String template, AccountView view, Visitor visitor) {
    var shell = shell(ctx, view.account(), Optional.of(SCRIPT));
    var here = Optional.of(visitor.session().id());
    var page = AccountPage.of(shell, view, here, device(ctx), visitor.formToken());
    templates.show(ctx, 200, template, page);
  }

  /// @param key `disconnect` or `delete`
  void ask(Context ctx, String key, AccountView view, Visitor visitor) {
    var shell = shell(ctx, view.account(), Optional.of("site.js"));
    var account = view.account();
    var page =
        new AskPage(
            shell,
            key,
            Said.initials(shell.words(), account),
            account.fullName(),
            Said.whose(account),
            key.equals("delete") ? erased(shell, view) : List.of(),
            visitor.formToken());
    templates.show(ctx, 200, "account-ask", page);
  }

  private static List<String> erased(Shell shell, AccountView view) {
    var words = shell.words();
    var lines = new ArrayList<String>();
    if (view.telegram().isPresent()) {
      lines.add(words.say("delete.what.session"));
    }
    view.subscription()
        .ifPresent(
            held -> lines.add(words.say("delete.what.subscription", "plan", held.plan().name())));
    lines.add(words.say("delete.what.person"));
    lines.add(words.say("delete.what.browsers"));
    return lines;
  }

  void reconnect(Context ctx, AccountView view) {
    var link = bot.link() + "?start=login";
    var shell = shell(ctx, view.account(), Optional.empty());
    templates.show(
        ctx,
        200,
        "account-reconnect",
        new ReconnectPage(shell, link, QrSvg.draw(link), "@" + bot.username()));
  }

  private static Optional<DeviceId> device(Context ctx) {
    return Cookies.findSecret(ctx, Cookies.DEVICE).flatMap(TrustedDevices::named);
  }

  Words words(Context ctx) {
    return shells.words(Shells.siteLanguage(ctx));
  }

  /// A page that only says something.
  void says(Context ctx, String icon, String key, Optional<NoticePage.Link> link) {
    var shell = shells.site(Shells.siteLanguage(ctx), Optional.empty());
    var words = shell.words();
    templates.show(
        ctx,
        200,
        "site-notice",
        new NoticePage(
            shell, icon, "info", words.say(key + ".title"), words.say(key + ".text"), link));
  }

  private Shell shell(Context ctx, Account owner, Optional<String> script) {
    Language language = Shells.siteLanguage(ctx, Optional.of(owner.language()));
    return shells.account(language, script);
  }
}
