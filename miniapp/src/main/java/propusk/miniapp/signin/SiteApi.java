package propusk.miniapp.signin;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import propusk.domain.organization.Organization;
import propusk.domain.organization.Slug;
import propusk.domain.seal.Tokens;
import propusk.domain.signin.BeginOutcome;
import propusk.domain.signin.BrowserProof;
import propusk.domain.signin.ExchangeOutcome;
import propusk.domain.signin.LocalPath;
import propusk.domain.signin.SignIn;
import propusk.domain.signin.SignInId;
import propusk.domain.signin.SignInRequest;
import propusk.domain.signin.SiteCodes;
import propusk.domain.websession.LoginVia;
import propusk.miniapp.edge.ClientAddresses;
import propusk.miniapp.edge.Problem;
import propusk.miniapp.edge.Refused;
import propusk.miniapp.edge.Requests;
import propusk.miniapp.edge.UserJson;
import propusk.miniapp.page.Shells;
import propusk.miniapp.qr.QrSvg;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What `/signin.js` calls: begins a sign-in by link, on our own pages with the browser's cookie,
/// on those of another site with a challenge; and ends it there with a code for that site's
/// backend.
final class SiteApi {
  private static final Problem ORGANIZATION_UNKNOWN =
      Problem.of(404, "organization_unknown", "There is no such organization");

  private final SignInWay.Parts parts;
  private final Proofs proofs;
  private final SignInDesk desk;
  private final ClientAddresses addresses;
  private final Requests requests;
  private final SiteCodes codes;

  SiteApi(SignInWay.Parts parts, Proofs proofs, SignInDesk desk) {
    this.parts = parts;
    this.proofs = proofs;
    this.desk = desk;
    addresses = new ClientAddresses(parts.config().trustedProxies());
    requests = new Requests(parts.json());
    codes = new SiteCodes(parts.clock(), new Tokens(parts.random()));
  }

  void add(RoutesConfig routes) {
    routes.post("/api/auth/begin", this::begin);
  }

  private void begin(Context ctx) {
    var body = requests.jsonBody(ctx);
    var next = Requests.findText(body, "redirect").flatMap(LocalPath::parse);
    var outcome =
        proofs
            .site(ctx.header("Origin"))
            .map(site -> beginAt(site, ctx, body))
            .orElseGet(() -> {
              var request = desk.from(ctx, next, false).request();
              return parts.jdbi().inTransaction(handle -> parts.signIns().begin(handle, request));
            });
    switch (outcome) {
      case BeginOutcome.Begun(var signIn) -> send(ctx, begun(signIn));
      case BeginOutcome.Limited(var until) ->
          throw new Refused(desk.tooMany(until, parts.shells().words(Shells.siteLanguage(ctx))));
    }
  }

  private BeginOutcome beginAt(String site, Context ctx, JsonNode body) {
    var challenge =
        BrowserProof.Challenge.parse(site, Requests.text(body, "challenge"))
            .orElseThrow(() -> new Refused(Problem.JSON_MALFORMED));
    var request =
        new SignInRequest(
            challenge, desk.browser(ctx), addresses.of(ctx).subject(), Optional.empty(), false);
    return parts
        .jdbi()
        .inTransaction(
            handle -> parts.signIns().beginFor(handle, organization(handle, body).id(), request));
  }

  private Organization organization(Handle handle, JsonNode body) {
    return Slug.parse(Requests.text(body, "organization"))
        .flatMap(slug -> parts.sites().organizations().find(handle, slug))
        .orElseThrow(() -> new Refused(ORGANIZATION_UNKNOWN));
  }

  private ObjectNode begun(SignIn signIn) {
    var link = parts.bot().link() + "?start=" + parts.signIns().start(signIn).value();
    return parts
        .json()
        .createObjectNode()
        .put("token", signIn.id().value())
        .put("deepLink", link)
        .put("botUsername", parts.bot().username())
        .put("qr", QrSvg.draw(link))
        .put("number", signIn.number())
        .put("expires_in", desk.secondsLeft(signIn));
  }

  boolean isForeign(Context ctx) {
    return proofs.site(ctx.header("Origin")).isPresent();
  }

  /// Of a page of another site, for its verifier.
  void exchange(Context ctx, JsonNode body) {
    var id = SignInId.parse(Requests.text(body, "token"));
    var proof = proofs.of(ctx);
    if (id.isEmpty() || proof.isEmpty()) {
      throw new Refused(Problem.SIGN_IN_UNKNOWN);
    }
    send(ctx, parts.jdbi().inTransaction(handle -> exchange(handle, id.get(), proof.get())));
  }

  private ObjectNode exchange(Handle handle, SignInId id, BrowserProof proof) {
    return switch (parts.signIns().exchange(handle, id, proof)) {
      case ExchangeOutcome.Unknown _ -> throw new Refused(Problem.SIGN_IN_UNKNOWN);
      case ExchangeOutcome.NotApproved _ -> throw new Refused(Problem.NOT_APPROVED);
      case ExchangeOutcome.Entered(var signIn, var who) -> {
        var answer =
            parts
                .json()
                .createObjectNode()
                .put("login_via", LoginVia.TELEGRAM_CONFIRM.code())
                .put("code", codes.give(handle, signIn.id()).value())
                .put("expires_in", SiteCodes.LIFE.toSeconds());
        answer.set("user", UserJson.of(parts.json(), parts.accounts().get(handle, who)));
        yield answer;
      }
    };
  }

  private void send(Context ctx, ObjectNode answer) {
    ctx.contentType("application/json").result(parts.json().writeValueAsBytes(answer));
  }
}
