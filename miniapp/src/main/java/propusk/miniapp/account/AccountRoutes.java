package propusk.miniapp.account;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Jdbi;
import propusk.miniapp.account.Visitors.Visitor;
import propusk.miniapp.edge.Problem;
import propusk.miniapp.edge.Refused;
import tools.jackson.databind.ObjectMapper;

/// What a signed-in person may look at. None of it changes anything.
final class AccountRoutes {
  private final Jdbi jdbi;
  private final AccountViews views;
  private final Visitors visitors;
  private final AccountPages pages;
  private final ObjectMapper json;

  AccountRoutes(OwnAccount.Parts parts, AccountPages pages) {
    jdbi = parts.jdbi();
    views = parts.views();
    visitors = parts.visitors();
    json = parts.json();
    this.pages = pages;
  }

  void add(RoutesConfig routes) {
    routes.get(
        OwnAccount.DASHBOARD,
        ctx -> look(ctx, (visitor, view) -> pages.show(ctx, "dashboard", view, visitor)));
    routes.get(
        AccountForms.SESSIONS,
        ctx -> look(ctx, (visitor, view) -> pages.show(ctx, "account-sessions", view, visitor)));
    routes.get(
        AccountForms.DISCONNECT,
        ctx -> look(ctx, (visitor, view) -> disconnect(ctx, visitor, view)));
    routes.get(
        AccountForms.DELETE,
        ctx -> look(ctx, (visitor, view) -> pages.ask(ctx, "delete", view, visitor)));
    routes.get("/account/reconnect", ctx -> look(ctx, (_, view) -> pages.reconnect(ctx, view)));
    routes.get("/account/status", this::status);
  }

  private void look(Context ctx, BiConsumer<Visitor, AccountView> show) {
    var visitor = visitors.find(ctx);
    if (visitor.isEmpty()) {
      Visitors.leadToSignIn(ctx);
      return;
    }
    var account = visitor.get().session().account();
    show.accept(visitor.get(), jdbi.withHandle(handle -> views.read(handle, account)));
  }

  private void disconnect(Context ctx, Visitor visitor, AccountView view) {
    if (TelegramPart.kind(view).connected()) {
      pages.ask(ctx, "disconnect", view, visitor);
    } else {
      ctx.redirect(OwnAccount.DASHBOARD, HttpStatus.SEE_OTHER);
    }
  }

  /// For a page whose event stream does not come through.
  private void status(Context ctx) {
    var visitor = visitors.watching(ctx).orElseThrow(() -> new Refused(Problem.SIGNED_OUT));
    var view = jdbi.withHandle(handle -> views.read(handle, visitor.account()));
    ctx.contentType("application/json")
        .result(json.writeValueAsBytes(json.createObjectNode().put("stamp", view.stamp())));
  }
}
