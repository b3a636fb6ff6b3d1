package propusk.miniapp.phone;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.Optional;
import propusk.domain.login.Login;
import propusk.domain.login.LoginState.AwaitingCode;
import propusk.domain.login.LoginState.AwaitingPassword;
import propusk.domain.login.LoginState.Completed;
import propusk.domain.login.LoginState.Ended;
import propusk.domain.seal.Secret;
import propusk.domain.websession.LoginVia;
import propusk.miniapp.edge.Cookies;
import propusk.miniapp.edge.Problem;
import propusk.miniapp.edge.Refused;
import propusk.miniapp.edge.Requests;
import propusk.miniapp.edge.UserJson;
import propusk.miniapp.page.Words;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/// `/api/auth/…` for a login by phone and code. The browser's cookie names its login, so that a
/// number and a code alone are worth nothing; the web session's token travels in its cookie only.
final class PhoneApi {
  private static final int MAX_PASSWORD = 256;

  private final ObjectMapper json;
  private final Requests requests;
  private final PhoneDoor door;
  private final PhoneLogins logins;
  private final PhoneNumbers numbers;
  private final PhoneRefusals refusals;
  private final InstantSource clock;

  PhoneApi(PhoneDoor door, ObjectMapper json, InstantSource clock) {
    this.json = json;
    this.requests = new Requests(json);
    this.door = door;
    this.logins = door.logins();
    this.numbers = door.numbers();
    this.refusals = door.refusals();
    this.clock = clock;
  }

  void add(RoutesConfig routes) {
    routes.post("/api/auth/code", this::ask);
    routes.post("/api/auth/login-by-telegram", this::code);
    routes.post("/api/auth/password", this::password);
  }

  private void ask(Context ctx) {
    door.checkOpen(ctx);
    var words = door.words(ctx);
    var body = requests.jsonBody(ctx);
    var country = Requests.findText(body, "country");
    var input =
        numbers.parse(
            Requests.text(body, "phone"), PhoneNumbers.country(words.language(), country));
    if (!(input instanceof PhoneInput.Parsed(var number))) {
      throw new Refused(refusals.number(input, words));
    }
    switch (logins.begin(number, words.language(), door.from(ctx))) {
      case PhoneStep.Begun(var login, var cookie) -> {
        Cookies.set(ctx, Cookies.CONNECT, cookie);
        asked(ctx, login, words);
      }
      case PhoneStep.TooMany(var until) -> throw new Refused(refusals.tooMany(until, words));
      case PhoneStep.HandedIn _, PhoneStep.NotAsked _, PhoneStep.Stranger _ ->
          throw new AssertionError("nothing was handed in");
    }
  }

  private void code(Context ctx) {
    door.checkOpen(ctx);
    var words = door.words(ctx);
    var body = requests.jsonBody(ctx);
    var code = PhoneCode.parse(Requests.text(body, "code"));
    var country = PhoneNumbers.country(words.language(), Requests.findText(body, "country"));
    var input = numbers.parse(Requests.text(body, "phone"), country);
    if (!(input instanceof PhoneInput.Parsed(var number))) {
      throw new Refused(refusals.number(input, words));
    }
    if (code.isEmpty()) {
      throw new Refused(refusals.malformedCode(words));
    }
    answer(ctx, logins.code(Optional.of(number), code.get(), door.from(ctx)), words);
  }

  private void password(Context ctx) {
    door.checkOpen(ctx);
    var words = door.words(ctx);
    var password = Requests.text(requests.jsonBody(ctx), "password");
    if (password.isEmpty() || password.length() > MAX_PASSWORD) {
      throw new Refused(Problem.JSON_MALFORMED);
    }
    answer(ctx, logins.password(new Secret(password), door.from(ctx)), words);
  }

  /// For a browser whose answer was lost: lets it in once more.
  void exchange(Context ctx, String token) {
    var words = door.words(ctx);
    var id = Requests.loginId(token);
    var login = logins.find(door.from(ctx).cookie()).filter(own -> own.id().equals(id));
    if (login.isEmpty()) {
      throw new Refused(refusals.stranger(words));
    }
    moved(ctx, login.get(), words);
  }

  private void answer(Context ctx, PhoneStep step, Words words) {
    switch (step) {
      case PhoneStep.HandedIn(var before, var after) -> {
        var stillAsks = before.state().getClass() == after.state().getClass();
        if (stillAsks) {
          throw new Refused(door.askedAgain(before, after, words));
        }
        moved(ctx, after, words);
      }
      case PhoneStep.NotAsked(var login) -> moved(ctx, login, words);
      case PhoneStep.Stranger _ -> throw new Refused(refusals.stranger(words));
      case PhoneStep.TooMany(var until) -> throw new Refused(refusals.tooMany(until, words));
      case PhoneStep.Begun _ -> throw new AssertionError("nothing was begun");
    }
  }

  /// What the login has come to: in, refused, or waiting for more.
  private void moved(Context ctx, Login login, Words words) {
    if (login.state() instanceof Completed) {
      var entered = logins.enter(login, door.from(ctx), false);
      if (entered.isEmpty()) {
        throw new Refused(refusals.stranger(words));
      }
      // The way is gone; where this answer is lost the browser keeps its cookie and may ask again.
      Cookies.clear(ctx, Cookies.CONNECT);
      Cookies.set(ctx, Cookies.SESSION, entered.get().session());
      var answer = json.createObjectNode().put("login_via", LoginVia.TELEGRAM_CODE.code());
      login.account().ifPresent(account -> answer.set("user", UserJson.of(json, account)));
      send(ctx, answer);
      return;
    }
    asked(ctx, login, words);
  }

  private void asked(Context ctx, Login login, Words words) {
    if (login.state() instanceof Ended ended) {
      throw new Refused(refusals.ended(login, ended, words));
    }
    var answer =
        json.createObjectNode()
            .put("login_via", LoginVia.TELEGRAM_CODE.code())
            .put("session_id", login.id().value())
            .put("status", login.state().phase())
            .put("expires_in", PhoneClocks.secondsLeft(login, clock.instant()));
    if (login.state() instanceof AwaitingCode(var via, int length, int triesLeft)) {
      answer.putObject("code").put("via", via).put("length", length).put("tries_left", triesLeft);
    }
    if (login.state() instanceof AwaitingPassword(var hint, int triesLeft)) {
      answer.putObject("password").put("hint", hint.orElse("")).put("tries_left", triesLeft);
    }
    send(ctx, answer);
  }

  private void send(Context ctx, ObjectNode answer) {
    ctx.contentType("application/json").result(json.writeValueAsBytes(answer));
  }
}
