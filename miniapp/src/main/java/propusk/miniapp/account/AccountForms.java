package propusk.miniapp.account;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.device.DeviceId;
import propusk.domain.websession.WebSessionId;
import propusk.domain.websession.WebSessions;
import propusk.miniapp.account.Visitors.Visitor;
import propusk.miniapp.device.RememberedBrowsers;
import propusk.miniapp.edge.Cookies;
import propusk.miniapp.page.NoticePage;

/// What a signed-in person can end or ask for. Each needs a form of this very browser. Browsers are
/// forgotten before they are shown out: one that is being let in meanwhile is shown out too.
final class AccountForms {
  static final String SESSIONS = "/account/sessions";
  static final String DISCONNECT = "/account/disconnect";
  static final String DELETE = "/account/delete";

  private final Jdbi jdbi;
  private final AccountViews views;
  private final WebSessions sessions;
  private final Visitors visitors;
  private final AccountPages pages;
  private final OwnAccount.Bot bot;
  private final RememberedBrowsers remembered;

  AccountForms(OwnAccount.Parts parts, AccountPages pages) {
    jdbi = parts.jdbi();
    views = parts.views();
    sessions = parts.views().webSessions();
    visitors = parts.visitors();
    bot = parts.bot();
    remembered = parts.remembered();
    this.pages = pages;
  }

  void add(RoutesConfig routes) {
    routes.post("/logout", this::logOut);
    routes.post(
        SESSIONS + "/{id}/revoke", ctx -> change(ctx, (handle, who) -> end(ctx, handle, who)));
    routes.post(
        SESSIONS + "/others",
        ctx ->
            change(
                ctx,
                (handle, who) -> {
                  remembered.revokeOthers(handle, who.session().account(), who.session().id());
                  sessions.revokeOthers(handle, who.session().account(), who.session().id());
                }));
    routes.post(SESSIONS + "/everywhere", this::leaveEverywhere);
    routes.post(
        "/account/devices/{id}/revoke",
        ctx -> change(ctx, (handle, who) -> forget(ctx, handle, who)));
    routes.post(
        "/account/check",
        ctx ->
            change(
                ctx,
                (handle, who) ->
                    views.telegramSessions().requestCheck(handle, who.session().account())));
    routes.post(
        DISCONNECT,
        ctx ->
            change(
                ctx,
                (handle, who) -> views.telegramSessions().logOut(handle, who.session().account())));
    routes.post(DELETE, this::delete);
  }

  /// Does it and shows the page again from which it was asked.
  private void change(Context ctx, BiConsumer<Handle, Visitor> deed) {
    var visitor = visitors.byForm(ctx);
    if (visitor.isEmpty()) {
      Visitors.leadToSignIn(ctx);
      return;
    }
    jdbi.useTransaction(handle -> deed.accept(handle, visitor.get()));
    var back = "sessions".equals(ctx.formParam("page")) ? SESSIONS : OwnAccount.DASHBOARD;
    ctx.redirect(back, HttpStatus.SEE_OTHER);
  }

  private void end(Context ctx, Handle handle, Visitor who) {
    WebSessionId.parse(ctx.pathParam("id"))
        .ifPresent(id -> {
          remembered.revokeWith(handle, who.session().account(), id);
          sessions.revoke(handle, who.session().account(), id);
        });
  }

  private void forget(Context ctx, Handle handle, Visitor who) {
    DeviceId.parse(ctx.pathParam("id"))
        .ifPresent(id -> views.devices().revoke(handle, who.session().account(), id));
  }

  private void logOut(Context ctx) {
    visitors
        .byForm(ctx)
        .ifPresent(who -> {
          jdbi.useTransaction(handle -> sessions.revoke(handle, who.cookie()));
          Cookies.clear(ctx, Cookies.SESSION);
          remembered.rest(ctx);
        });
    Visitors.leadToSignIn(ctx);
  }

  private void leaveEverywhere(Context ctx) {
    visitors
        .byForm(ctx)
        .ifPresent(who -> {
          jdbi.useTransaction(handle -> {
            remembered.revokeAll(handle, who.session().account());
            sessions.revokeAll(handle, who.session().account());
          });
          Cookies.clear(ctx, Cookies.SESSION);
          Cookies.clear(ctx, Cookies.DEVICE);
        });
    Visitors.leadToSignIn(ctx);
  }

  /// Nobody is signed in any more; the bot says when it is done.
  private void delete(Context ctx) {
    var visitor = visitors.byForm(ctx);
    if (visitor.isEmpty()) {
      Visitors.leadToSignIn(ctx);
      return;
    }
    var id = visitor.get().session().account();
    jdbi.useTransaction(handle -> {
      var account = views.accounts().get(handle, id);
      long told = views.accounts().bot(handle, id).orElse(bot.id());
      views.deletions().request(handle, account, told, account.telegramId().value());
    });
    Cookies.clear(ctx, Cookies.SESSION);
    Cookies.clear(ctx, Cookies.DEVICE);
    var link = new NoticePage.Link(bot.link().toString(), pages.words(ctx).say("outside.button"));
    pages.says(ctx, "hourglass", "delete.begun", Optional.of(link));
  }
}
