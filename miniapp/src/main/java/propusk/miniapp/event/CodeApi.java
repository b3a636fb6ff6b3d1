package propusk.miniapp.event;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import propusk.domain.account.Account;
import propusk.domain.account.TelegramProfile;
import propusk.domain.account.TelegramUserId;
import propusk.domain.event.Admissions;
import propusk.domain.event.VouchOutcome;
import propusk.domain.limit.Limit;
import propusk.domain.organization.Organization;
import propusk.domain.organization.OrganizationId;
import propusk.domain.organization.Slug;
import propusk.domain.signin.LocalPath;
import propusk.domain.signin.SignInCode;
import propusk.domain.signin.SignInState;
import propusk.miniapp.edge.KeyDoor;
import propusk.miniapp.edge.Problem;
import propusk.miniapp.edge.Refused;
import propusk.miniapp.edge.Requests;
import propusk.miniapp.edge.SaidPerson;
import propusk.miniapp.qr.QrSvg;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// `/api/auth/telegram-code/…`: a code for this browser, its drawing, and, for an organization's
/// own bot, what comes of a code that a person sent it.
final class CodeApi {
  private static final String PATH = "/api/auth/telegram-code";

  private final ObjectMapper json;
  private final Requests requests;
  private final EventDoor door;
  private final KeyDoor keys;
  private final Admissions admissions;
  private final String baseUrl;

  CodeApi(ObjectMapper json, EventDoor door, KeyDoor keys, Admissions admissions, String baseUrl) {
    this.json = json;
    this.requests = new Requests(json);
    this.door = door;
    this.keys = keys;
    this.admissions = admissions;
    this.baseUrl = baseUrl;
  }

  void add(RoutesConfig routes) {
    routes.post(PATH + "/generate", this::generate);
    routes.get(PATH + "/qr.svg", this::qr);
    routes.post(PATH + "/verify", this::verify);
  }

  private void generate(Context ctx) {
    var body = requests.jsonBody(ctx);
    var event =
        Requests.findText(body, "eventId")
            .map(id ->
                door.jdbi()
                    .withHandle(handle -> door.events().find(handle, id))
                    .orElseThrow(() -> new Refused(Problem.NOT_FOUND)));
    var named = Requests.findText(body, "orgId").map(this::organization);
    if (event.isPresent()
        && named.filter(each -> !each.id().equals(event.get().organization().id())).isPresent()) {
      throw new Refused(Problem.NOT_FOUND);
    }
    var organization = event.map(each -> Optional.of(each.organization())).orElse(named);
    var redirect =
        Requests.findText(body, "redirectUrl")
            .map(text ->
                LocalPath.parse(text).orElseThrow(() -> new Refused(Problem.REDIRECT_MALFORMED)));
    var begun = door.begin(ctx, organization, event, redirect);
    var signIn = begun.signIn();
    send(
        ctx,
        json.createObjectNode()
            .put("code", door.signIns().code(signIn).value())
            .put("number", signIn.number())
            .put("botUsername", door.botUsername())
            .put("deepLink", door.deepLink(signIn))
            .put("qrUrl", PATH + "/qr.svg?id=" + signIn.id().value())
            .put("expiresAt", signIn.deadline().toString())
            .put("expiresInSeconds", door.secondsUntil(signIn.deadline())));
  }

  /// This browser's live code.
  private void qr(Context ctx) {
    var signIn =
        door.find(EventCookie.of(ctx))
            .filter(found -> found.state() instanceof SignInState.Waiting)
            .orElseThrow(() -> new Refused(Problem.NOT_FOUND));
    ctx.contentType("image/svg+xml").result(QrSvg.draw(door.deepLink(signIn)));
  }

  private void verify(Context ctx) {
    var key = keys.require(ctx, Limit.CODE_PER_KEY);
    var body = requests.jsonBody(ctx);
    var person = SaidPerson.id(body, "telegramUserId");
    var code = SignInCode.parse(Requests.text(body, "code"));
    if (code.isEmpty()) {
      throw new Refused(Problem.CODE_UNKNOWN);
    }
    var number = Requests.findWhole(body, "number");
    var outcome =
        door.in(handle ->
            admissions.vouch(
                handle, key.organization(), code.get(), known(handle, person, body).id(), number));
    switch (outcome) {
      case VouchOutcome.Vouched(var admission) ->
          send(
              ctx,
              json.createObjectNode()
                  .put("success", true)
                  .put("sessionUrl", admission.orElseThrow().linkUrl(baseUrl).orElseThrow())
                  .put("redirectUrl", admission.orElseThrow().path())
                  .put("userId", person.value())
                  .put("orgId", slug(key.organization())));
      case VouchOutcome.Mismatched() -> send(ctx, json.createObjectNode().put("success", false));
      case VouchOutcome.Over(), VouchOutcome.Unknown() -> throw new Refused(Problem.CODE_UNKNOWN);
      case VouchOutcome.Limited(var until) ->
          throw new Refused(
              Problem.of(429, "too_many_attempts", "Too many codes were tried")
                  .withRetryAfter(door.clock().instant(), until));
    }
  }

  private String slug(OrganizationId organization) {
    return door.jdbi()
        .withHandle(handle -> door.organizations().get(handle, organization))
        .slug()
        .value();
  }

  private Organization organization(String slug) {
    return Slug.parse(slug)
        .flatMap(
            parsed -> door.jdbi().withHandle(handle -> door.organizations().find(handle, parsed)))
        .orElseThrow(() -> new Refused(Problem.NOT_FOUND));
  }

  /// What an organization says of a person changes nothing that we know of them.
  private Account known(Handle handle, TelegramUserId id, JsonNode body) {
    var profile =
        new TelegramProfile(
            id,
            SaidPerson.name(body, "firstName").orElse(""),
            SaidPerson.name(body, "lastName"),
            SaidPerson.name(body, "telegramUsername"),
            Optional.empty());
    return door.accounts().met(handle, profile);
  }

  private void send(Context ctx, JsonNode answer) {
    ctx.contentType("application/json").result(json.writeValueAsBytes(answer));
  }
}
