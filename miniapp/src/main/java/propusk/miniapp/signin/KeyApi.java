package propusk.miniapp.signin;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import propusk.domain.account.TelegramProfile;
import propusk.domain.event.Admission;
import propusk.domain.event.VouchOutcome;
import propusk.domain.key.ServiceKey;
import propusk.domain.limit.Limit;
import propusk.domain.seal.Secret;
import propusk.domain.seal.Tokens;
import propusk.domain.signin.SiteCodes;
import propusk.domain.signin.StartParameter;
import propusk.domain.websession.LoginVia;
import propusk.miniapp.edge.Problem;
import propusk.miniapp.edge.Refused;
import propusk.miniapp.edge.Requests;
import propusk.miniapp.edge.SaidPerson;
import propusk.miniapp.edge.UserJson;
import propusk.miniapp.page.Shells;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `/api/auth` for those who show a service key: an organization's own bot says who came by a link,
/// its site's backend exchanges a code for the person. What is exchanged without a key is left to
/// the browsers' endpoints.
final class KeyApi {
  private static final Problem SIGN_IN_UNKNOWN =
      Problem.of(404, "sign_in_unknown", "There is no such sign-in that waits for this person");
  private static final Problem CODE_INVALID =
      Problem.of(401, "code_invalid", "The code is unknown, used, too old, or of another site");

  private final SignInWay.Parts parts;
  private final SignInDesk desk;
  private final SignInApi browsers;
  private final SiteApi sites;
  private final Requests requests;
  private final SiteCodes codes;

  KeyApi(SignInWay.Parts parts, SignInDesk desk, SignInApi browsers, SiteApi sites) {
    this.parts = parts;
    this.desk = desk;
    this.browsers = browsers;
    this.sites = sites;
    requests = new Requests(parts.json());
    codes = new SiteCodes(parts.clock(), new Tokens(parts.random()));
  }

  void add(RoutesConfig routes) {
    routes.post("/api/auth", this::vouch);
    routes.post("/api/auth/exchange", this::exchange);
  }

  /// `{"token":"auth_…","user":{"id":…,"first_name":…},"number":47}`: the number is the one that
  /// the person picked there, where that bot asks for it.
  private void vouch(Context ctx) {
    var key = parts.sites().keys().require(ctx);
    var body = requests.jsonBody(ctx);
    var start =
        StartParameter.parse(Requests.text(body, "token"))
            .orElseThrow(() -> new Refused(Problem.JSON_MALFORMED));
    var profile = profile(body.path("user"));
    var number = Requests.findWhole(body, "number");
    var outcome =
        parts
            .jdbi()
            .inTransaction(handle -> {
              var account = parts.accounts().met(handle, profile);
              return parts
                  .sites()
                  .admissions()
                  .vouch(handle, key.organization(), start, account.id(), number);
            });
    switch (outcome) {
      case VouchOutcome.Vouched(var admission) -> send(ctx, authorized(admission));
      case VouchOutcome.Mismatched() ->
          send(ctx, parts.json().createObjectNode().put("authorized", false));
      case VouchOutcome.Over() -> throw new Refused(Problem.NOT_APPROVED);
      case VouchOutcome.Unknown() -> throw new Refused(SIGN_IN_UNKNOWN);
      case VouchOutcome.Limited(var until) ->
          throw new Refused(desk.tooMany(until, parts.shells().words(Shells.siteLanguage(ctx))));
    }
  }

  private void exchange(Context ctx) {
    var body = requests.jsonBody(ctx);
    var code = Requests.findText(body, "code");
    if (code.isEmpty()) {
      if (sites.isForeign(ctx)) {
        sites.exchange(ctx, body);
      } else {
        browsers.exchange(ctx, body);
      }
      return;
    }
    var key = parts.sites().keys().require(ctx);
    var origin = Requests.text(body, "origin");
    var answer =
        parts
            .jdbi()
            .inTransaction(handle -> redeem(handle, ctx, key, new Secret(code.get()), origin));
    send(ctx, answer.orElseThrow(() -> new Refused(CODE_INVALID)));
  }

  private Optional<ObjectNode> redeem(
      Handle handle, Context ctx, ServiceKey key, Secret code, String origin) {
    var subject = Long.toString(key.id().value());
    var closed = parts.sites().limits().closedUntil(handle, Limit.SITE_CODE_GUESS_PER_KEY, subject);
    if (closed.isPresent()) {
      throw new Refused(desk.tooMany(closed.get(), parts.shells().words(Shells.siteLanguage(ctx))));
    }
    var account = codes.redeem(handle, code, key.organization(), origin);
    if (account.isEmpty()) {
      parts.sites().limits().count(handle, Limit.SITE_CODE_GUESS_PER_KEY, subject);
      return Optional.empty();
    }
    var answer = parts.json().createObjectNode().put("login_via", LoginVia.TELEGRAM_CONFIRM.code());
    answer.set("user", UserJson.of(parts.json(), parts.accounts().get(handle, account.get())));
    return Optional.of(answer);
  }

  private void send(Context ctx, ObjectNode answer) {
    ctx.contentType("application/json").result(parts.json().writeValueAsBytes(answer));
  }

  /// For an event's sign-in also the link of a person whose browser lost its page.
  private ObjectNode authorized(Optional<Admission> admission) {
    var answer = parts.json().createObjectNode().put("authorized", true);
    admission.ifPresent(made -> {
      answer.put("redirectUrl", made.path());
      made.linkUrl(parts.config().baseUrl().toString())
          .ifPresent(link -> answer.put("sessionUrl", link));
    });
    return answer;
  }

  private static TelegramProfile profile(JsonNode user) {
    return new TelegramProfile(
        SaidPerson.id(user, "id"),
        SaidPerson.name(user, "first_name").orElseThrow(() -> new Refused(Problem.JSON_MALFORMED)),
        SaidPerson.name(user, "last_name"),
        SaidPerson.name(user, "username"),
        Optional.empty());
  }
}
