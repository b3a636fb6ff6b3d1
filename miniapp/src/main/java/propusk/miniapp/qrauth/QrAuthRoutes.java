package propusk.miniapp.qrauth;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.login.LoginId;
import propusk.domain.login.Logins;
import propusk.domain.login.OpenOutcome;
import propusk.domain.seal.Secret;
import propusk.domain.seal.Tokens;
import propusk.miniapp.edge.Problem;
import propusk.miniapp.edge.Refused;
import propusk.miniapp.edge.Requests;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// The login page and its JSON, but for its events ([QrAuthEvents]).
final class QrAuthRoutes {
  private static final String JSON = "application/json";
  private static final int MAX_TAB = 128;

  private final ObjectMapper json;
  private final Requests requests;
  private final Jdbi jdbi;
  private final Logins logins;
  private final Openings openings;
  private final LiveLogins live;
  private final LoginViews views;
  private final QrAuthPages pages;
  private final Tokens tokens;

  QrAuthRoutes(QrAuth.Parts parts, Openings openings, LiveLogins live, QrAuthPages pages) {
    json = parts.json();
    requests = new Requests(parts.json());
    jdbi = parts.jdbi();
    logins = parts.logins();
    views = parts.views();
    tokens = parts.tokens();
    this.openings = openings;
    this.live = live;
    this.pages = pages;
  }

  void add(RoutesConfig routes) {
    routes.get("/qr-auth", this::page);
    routes.post("/qr-auth/open", this::open);
    routes.get("/qr-auth-status", this::status);
    routes.post("/qr-auth/cancel", this::cancel);
  }

  private void page(Context ctx) {
    pages.show(ctx, Optional.ofNullable(ctx.queryParam("session_id")).flatMap(LoginId::parse));
  }

  private void open(Context ctx) {
    var body = requests.jsonBody(ctx);
    var id = Requests.loginId(Requests.text(body, "session_id"));
    switch (openings.open(id, Requests.text(body, "init_data"), tab(body))) {
      case OpenOutcome.Opened(var bearer, var snapshot) -> {
        var seen = live.read(id, bearer).orElseGet(() -> OwnerView.of(snapshot));
        var node = json.createObjectNode().put("bearer", bearer.value());
        answer(ctx, node.set("login", views.full(seen)));
      }
      case OpenOutcome.NotYours _ -> throw new Refused(Problem.NOT_YOURS);
      case OpenOutcome.Unknown _ -> throw new Refused(Problem.NOT_FOUND);
      case OpenOutcome.Replayed _ -> throw new Refused(Problem.INIT_DATA_STALE);
    }
  }

  /// The tab's own secret. A client without one cannot open the same launch twice.
  private Secret tab(JsonNode body) {
    var tab = Requests.findText(body, "tab").filter(text -> !text.isEmpty());
    if (tab.filter(text -> text.length() > MAX_TAB).isPresent()) {
      throw new Refused(Problem.JSON_MALFORMED);
    }
    return tab.map(Secret::new).orElseGet(tokens::secret);
  }

  private void status(Context ctx) {
    var id = Requests.loginId(ctx.queryParam("session_id"));
    var bearer = Requests.bearer(ctx.header("Authorization"));
    var full = bearer.flatMap(secret -> live.recent(id, secret));
    if (full.isPresent()) {
      ctx.contentType(JSON).result(full.get());
      return;
    }
    var state = jdbi.withHandle(handle -> logins.status(handle, id));
    if (bearer.isPresent() && state.isPresent()) {
      throw new Refused(Problem.BEARER_INVALID);
    }
    answer(ctx, views.coarse(state));
  }

  private void cancel(Context ctx) {
    var bearer =
        Requests.bearer(ctx.header("Authorization"))
            .orElseThrow(() -> new Refused(Problem.BEARER_INVALID));
    var id = Requests.loginId(Requests.text(requests.jsonBody(ctx), "session_id"));
    var snapshot = jdbi.inTransaction(handle -> logins.cancel(handle, id, bearer));
    var seen = snapshot.map(OwnerView::of).orElseThrow(() -> new Refused(Problem.BEARER_INVALID));
    answer(ctx, views.full(seen));
  }

  private void answer(Context ctx, JsonNode node) {
    ctx.contentType(JSON).result(views.bytes(node));
  }
}
