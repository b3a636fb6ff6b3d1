package propusk.miniapp.signin;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.function.BiConsumer;
import propusk.domain.account.Account;
import propusk.domain.account.PhoneNumber;
import propusk.domain.signin.LocalPath;
import propusk.domain.signin.SignIn;
import propusk.domain.signin.SignInId;
import propusk.domain.websession.LoginVia;
import propusk.miniapp.edge.Problem;
import propusk.miniapp.edge.Refused;
import propusk.miniapp.edge.Requests;
import propusk.miniapp.edge.UserJson;
import propusk.miniapp.page.Shells;
import propusk.miniapp.page.Words;
import propusk.miniapp.phone.PhoneInput;
import propusk.miniapp.phone.PhoneNumbers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/// `/api/auth/start` and what follows it, as JSON. The cookie alone lets in: no token is in a body.
final class SignInApi {
  private final SignInDesk desk;
  private final Starts starts;
  private final SignInViews views;
  private final Proofs proofs;
  private final Launched launched;
  private final PhoneNumbers numbers = new PhoneNumbers();
  private final Shells shells;
  private final ObjectMapper json;
  private final Requests requests;
  private final String botLink;
  private final BiConsumer<Context, String> phoneExchange;

  SignInApi(
      SignInWay.Parts parts, SignInDesk desk, Starts starts, Proofs proofs, SignInViews views) {
    this.proofs = proofs;
    this.desk = desk;
    this.starts = starts;
    this.views = views;
    launched = new Launched(parts);
    shells = parts.shells();
    json = parts.json();
    requests = new Requests(parts.json());
    botLink = parts.bot().link();
    phoneExchange = parts.phoneExchange();
  }

  void add(RoutesConfig routes) {
    routes.post("/api/auth/start", this::start);
    routes.get("/api/auth", this::look);
  }

  private void start(Context ctx) {
    var words = words(ctx);
    var body = requests.jsonBody(ctx);
    var from =
        desk.from(
            ctx,
            Requests.findText(body, "redirect").flatMap(LocalPath::parse),
            body.path("remember").isBoolean() && body.path("remember").booleanValue());
    var started =
        Requests.findText(body, "phone")
            .map(typed -> starts.byNumber(number(typed, body, words), launched.by(body), from))
            .orElseGet(() -> starts.resume(from));
    desk.dress(ctx, started);
    switch (started) {
      case Started.In(var account, _, _, boolean telegram) ->
          send(
              ctx,
              answer(LoginVia.TELEGRAM_DIRECT, account)
                  .put("telegram", telegram ? "alive" : "unreachable"));
      case Started.Dead(var account, _) ->
          send(
              ctx,
              answer(LoginVia.TELEGRAM_CODE, account)
                  .put("reason", "session_ended")
                  .put("title", words.say("signin.dead.title"))
                  .put("detail", words.say("signin.dead.text")));
      case Started.Asked(var signIn) -> send(ctx, asked(signIn));
      case Started.TooMany(var until) -> throw new Refused(desk.tooMany(until, words));
      case Started.Unproven _ -> throw new Refused(Problem.SIGNED_OUT);
    }
  }

  private PhoneNumber number(String typed, JsonNode body, Words words) {
    var country = PhoneNumbers.country(words.language(), Requests.findText(body, "country"));
    var input = numbers.parse(typed, country);
    if (input instanceof PhoneInput.Parsed(var number)) {
      return number;
    }
    throw new Refused(SignInDesk.number(input, words));
  }

  private ObjectNode answer(LoginVia via, Account account) {
    var answer = json.createObjectNode().put("ok", true).put("login_via", via.code());
    answer.set("user", UserJson.of(json, account));
    return answer;
  }

  /// The same for a number that nobody has.
  private ObjectNode asked(SignIn signIn) {
    return json.createObjectNode()
        .put("ok", true)
        .put("login_via", LoginVia.TELEGRAM_CONFIRM.code())
        .put("token", signIn.id().value())
        .put("number", signIn.number())
        .put("expires_in", desk.secondsLeft(signIn))
        .put("bot", botLink);
  }

  private void look(Context ctx) {
    var found =
        Optional.ofNullable(ctx.queryParam("token"))
            .flatMap(SignInId::parse)
            .flatMap(id -> views.find(id, proofs.of(ctx)));
    send(ctx, found.map(views::view).orElseGet(views::none));
  }

  /// A login by phone and code has the same door for a browser whose answer was lost.
  void exchange(Context ctx, JsonNode body) {
    var token = Requests.text(body, "token");
    var from = desk.from(ctx, Optional.empty(), false);
    var own = SignInId.parse(token).flatMap(id -> desk.inspect(id, from));
    if (own.isEmpty()) {
      phoneExchange.accept(ctx, token);
      return;
    }
    var entered =
        desk.exchange(ctx, own.get().id(), from)
            .orElseThrow(() -> new Refused(Problem.NOT_APPROVED));
    var answer = answer(LoginVia.TELEGRAM_CONFIRM, entered.account());
    entered.signIn().redirect().ifPresent(path -> answer.put("redirect", path.value()));
    send(ctx, answer);
  }

  private Words words(Context ctx) {
    return shells.words(Shells.siteLanguage(ctx));
  }

  private void send(Context ctx, ObjectNode answer) {
    ctx.contentType("application/json").result(json.writeValueAsBytes(answer));
  }
}
