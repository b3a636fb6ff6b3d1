package propusk.miniapp.home;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.HexFormat;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.seal.Secret;
import propusk.domain.visit.Visit;
import propusk.domain.visit.Visits;
import propusk.domain.websession.WebSessionId;
import propusk.miniapp.account.AccountPage;
import propusk.miniapp.account.AccountViews;
import propusk.miniapp.edge.Problem;
import propusk.miniapp.edge.Refused;
import propusk.miniapp.edge.Requests;
import propusk.miniapp.page.Shells;
import propusk.miniapp.page.Templates;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/// `GET /app`, a neutral page, and what it asks for: by init data first, then by its tab's bearer.
/// No cookie is set or read: those are unreliable in Telegram's webviews.
final class HomeRoutes {
  private static final int MAX_TAB = 128;

  private final Jdbi jdbi;
  private final Visits visits;
  private final AccountViews views;
  private final Home.Parts parts;
  private final Shells shells;
  private final Templates templates;
  private final ObjectMapper json;
  private final Requests requests;

  HomeRoutes(Home.Parts parts) {
    this.parts = parts;
    jdbi = parts.jdbi();
    visits = parts.visits();
    views = parts.views();
    shells = parts.shells();
    templates = parts.templates();
    json = parts.json();
    requests = new Requests(parts.json());
  }

  void add(RoutesConfig routes) {
    routes.get("/app", this::page);
    routes.post("/app/open", this::open);
    routes.get("/app/view", this::view);
    routes.post("/app/site-link", this::siteLink);
    routes.post("/app/sessions/revoke", this::end);
    routes.post("/app/sessions/everywhere", this::leaveEverywhere);
  }

  private void page(Context ctx) {
    var shell = shells.home(Shells.language(ctx), Optional.of("home.js"));
    var bot = parts.botLink().apply(Optional.empty());
    templates.show(ctx, 200, "home", new HomePage(shell, bot, String.join(" ", parts.parents())));
  }

  private void open(Context ctx) {
    var body = requests.jsonBody(ctx);
    var launch = parts.launches().byAny(Requests.text(body, "init_data"));
    var tab = tab(body);
    var data = HexFormat.of().parseHex(launch.data().fingerprint());
    var answer = json.createObjectNode();
    jdbi.useTransaction(handle -> {
      var account = views.accounts().seen(handle, launch.data().user());
      var bearer =
          visits
              .open(handle, account.id(), launch.botId(), data, tab)
              .orElseThrow(() -> new Refused(Problem.INIT_DATA_STALE));
      answer.put("bearer", bearer.value());
      answer.setAll(home(handle, new Visit(account.id(), launch.botId())));
    });
    answer(ctx, answer);
  }

  /// The tab's own secret. A client without one cannot open the same launch twice.
  private Secret tab(JsonNode body) {
    var tab = Requests.findText(body, "tab").filter(text -> !text.isEmpty());
    if (tab.filter(text -> text.length() > MAX_TAB).isPresent()) {
      throw new Refused(Problem.JSON_MALFORMED);
    }
    return tab.map(Secret::new).orElseGet(parts.tokens()::secret);
  }

  private void view(Context ctx) {
    var bearer = bearer(ctx);
    answer(ctx, jdbi.withHandle(handle -> home(handle, visit(handle, bearer))));
  }

  private void siteLink(Context ctx) {
    var bearer = bearer(ctx);
    requests.jsonBody(ctx);
    var link =
        jdbi.inTransaction(handle -> visits.siteLink(handle, bearer))
            .orElseThrow(() -> new Refused(Problem.BEARER_INVALID));
    var url = parts.baseUrl().resolve(SiteLinkRoutes.PATH) + link.value();
    answer(ctx, json.createObjectNode().put("url", url));
  }

  private void end(Context ctx) {
    var bearer = bearer(ctx);
    var id = WebSessionId.parse(Requests.text(requests.jsonBody(ctx), "id"));
    answer(
        ctx,
        jdbi.inTransaction(handle -> {
          var visit = visit(handle, bearer);
          id.ifPresent(named -> {
            parts.remembered().revokeWith(handle, visit.account(), named);
            views.webSessions().revoke(handle, visit.account(), named);
          });
          return home(handle, visit);
        }));
  }

  private void leaveEverywhere(Context ctx) {
    var bearer = bearer(ctx);
    requests.jsonBody(ctx);
    answer(
        ctx,
        jdbi.inTransaction(handle -> {
          var visit = visit(handle, bearer);
          parts.remembered().revokeAll(handle, visit.account());
          views.webSessions().revokeAll(handle, visit.account());
          return home(handle, visit);
        }));
  }

  private Visit visit(Handle handle, Secret bearer) {
    return visits.find(handle, bearer).orElseThrow(() -> new Refused(Problem.BEARER_INVALID));
  }

  /// In the person's own language.
  private ObjectNode home(Handle handle, Visit visit) {
    var read = views.read(handle, visit.account());
    var shell = shells.home(read.account().language(), Optional.empty());
    var connect = parts.botLink().apply(Optional.of(visit.botId())) + "?start=login";
    var view =
        new HomeView(
            AccountPage.of(shell, read, Optional.empty(), Optional.empty(), ""),
            connect,
            parts.baseUrl().getAuthority());
    return json.createObjectNode().put("home", templates.text("home-view", view));
  }

  private static Secret bearer(Context ctx) {
    return Requests.bearer(ctx.header("Authorization"))
        .orElseThrow(() -> new Refused(Problem.BEARER_INVALID));
  }

  private void answer(Context ctx, JsonNode node) {
    ctx.contentType("application/json").result(json.writeValueAsBytes(node));
  }
}
