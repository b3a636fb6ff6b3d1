package propusk.miniapp.qrauth;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.net.URI;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.login.LoginLinks;
import propusk.domain.login.Logins;
import propusk.miniapp.edge.Problem;
import propusk.miniapp.edge.Refused;
import propusk.miniapp.edge.Requests;
import tools.jackson.databind.ObjectMapper;

/// `POST /qr-auth/password-link`: gives the owner's page a link that opens the password page in an
/// ordinary browser, once.
final class PasswordLinkRoute {
  private final ObjectMapper json;
  private final Requests requests;
  private final Jdbi jdbi;
  private final Logins logins;
  private final LoginLinks links;
  private final URI base;

  PasswordLinkRoute(QrAuth.Parts parts) {
    json = parts.json();
    requests = new Requests(parts.json());
    jdbi = parts.jdbi();
    logins = parts.logins();
    links = parts.links();
    base = parts.baseUrl().resolve("/connect/password/");
  }

  void add(RoutesConfig routes) {
    routes.post("/qr-auth/password-link", this::make);
  }

  private void make(Context ctx) {
    var bearer =
        Requests.bearer(ctx.header("Authorization"))
            .orElseThrow(() -> new Refused(Problem.BEARER_INVALID));
    var id = Requests.loginId(Requests.text(requests.jsonBody(ctx), "session_id"));
    var link =
        jdbi.inTransaction(handle -> {
          if (logins.view(handle, id, bearer).isEmpty()) {
            throw new Refused(Problem.BEARER_INVALID);
          }
          return links.passwordLink(handle, id);
        });
    var url = base + link.orElseThrow(() -> new Refused(Problem.NOT_ASKED)).value();
    var body = json.createObjectNode().put("url", url);
    ctx.contentType("application/json").result(json.writeValueAsBytes(body));
  }
}
