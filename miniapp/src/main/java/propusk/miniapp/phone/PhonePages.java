package propusk.miniapp.phone;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import propusk.domain.login.Login;
import propusk.domain.login.LoginState;
import propusk.domain.login.LoginState.AwaitingCode;
import propusk.domain.login.LoginState.AwaitingPassword;
import propusk.domain.login.LoginState.Completed;
import propusk.domain.login.LoginState.Ended;
import propusk.domain.seal.Secret;
import propusk.domain.seal.Tokens;
import propusk.miniapp.account.OwnAccount;
import propusk.miniapp.device.RememberedBrowsers;
import propusk.miniapp.edge.Cookies;
import propusk.miniapp.edge.FormTokens;
import propusk.miniapp.edge.Problem;
import propusk.miniapp.page.Shells;
import propusk.miniapp.page.Templates;
import propusk.miniapp.page.Words;
import tools.jackson.databind.ObjectMapper;

/// `/login/phone`: number, code, password, in. The page always shows the state of the login that
/// the browser's cookie names, so that a reload, a second tab and the way back show the same; each
/// form leads back to it. Works without scripts.
final class PhonePages {
  static final String PATH = "/login/phone";

  /// Whether the browser wants to be known again, until it is in.
  private static final String REMEMBER = "__Host-remember";

  private static final int MAX_PASSWORD = 256;
  private static final int ALL_TRIES = 3;

  private final PhoneDoor door;
  private final PhoneLogins logins;
  private final PhoneRefusals refusals;
  private final Parts parts;

  /// What it is built from, besides the door.
  record Parts(
      Shells shells,
      Templates templates,
      ObjectMapper json,
      Tokens tokens,
      InstantSource clock,
      URI baseUrl) {}

  PhonePages(PhoneDoor door, Parts parts) {
    this.door = door;
    this.logins = door.logins();
    this.refusals = door.refusals();
    this.parts = parts;
  }

  void add(RoutesConfig routes) {
    routes.get(PATH, this::show);
    routes.post(PATH, this::submit);
    routes.get(PATH + "/status", this::status);
  }

  private void show(Context ctx) {
    if (!door.open()) {
      off(ctx);
      return;
    }
    var cookie = Cookies.findSecret(ctx, Cookies.CONNECT);
    var login = logins.find(cookie);
    boolean over =
        login.isEmpty()
            || (login.get().state() instanceof Completed && !logins.mayEnter(login.get()));
    if (over && logins.isIn(door.from(ctx))) {
      ctx.redirect(OwnAccount.DASHBOARD, HttpStatus.SEE_OTHER);
    } else if (cookie.isPresent() && login.isPresent()) {
      page(ctx, 200, cookie.get(), step(ctx, login.get(), cookie.get()), wrong(ctx, login.get()));
    } else {
      number(ctx, 200, "", Optional.empty());
    }
  }

  /// `{"status":…,"version":…}` of this browser's login, for the page that waits.
  private void status(Context ctx) {
    var answer = parts.json().createObjectNode();
    logins
        .find(Cookies.findSecret(ctx, Cookies.CONNECT))
        .ifPresentOrElse(
            login -> answer.put("status", login.state().phase()).put("version", login.version()),
            () -> answer.put("status", "not_found").put("version", 0));
    ctx.contentType("application/json").result(parts.json().writeValueAsBytes(answer));
  }

  private void submit(Context ctx) {
    if (!door.open()) {
      off(ctx);
      return;
    }
    var cookie = Cookies.findSecret(ctx, Cookies.CONNECT);
    // A form from before the cookie changed: what is true now is shown instead.
    if (cookie.isEmpty() || !FormTokens.fits(cookie.get(), ctx.formParam(FormTokens.FIELD))) {
      again(ctx);
      return;
    }
    switch (Optional.ofNullable(ctx.formParam("do")).orElse("")) {
      case "number" -> submitNumber(ctx);
      case "code" -> submitCode(ctx, cookie.get());
      case "password" -> submitPassword(ctx, cookie.get());
      case "enter" -> enter(ctx);
      case "cancel" -> {
        logins.cancel(cookie.get());
        Cookies.clear(ctx, Cookies.CONNECT);
        again(ctx);
      }
      default -> again(ctx);
    }
  }

  private void submitNumber(Context ctx) {
    var words = door.words(ctx);
    var typed = Optional.ofNullable(ctx.formParam("phone")).orElse("");
    var country = PhoneNumbers.country(words.language(), Optional.empty());
    var input = door.numbers().parse(typed, country);
    if (!(input instanceof PhoneInput.Parsed(var number))) {
      number(ctx, 422, typed, Optional.of(said(refusals.number(input, words))));
      return;
    }
    switch (logins.begin(number, words.language(), door.from(ctx))) {
      case PhoneStep.Begun(var _, var cookie) -> {
        if (ctx.formParam("remember") != null) {
          Cookies.set(ctx, REMEMBER, "yes");
        } else {
          Cookies.clear(ctx, REMEMBER);
        }
        Cookies.set(ctx, Cookies.CONNECT, cookie);
        again(ctx);
      }
      case PhoneStep.TooMany(var until) ->
          number(
              ctx,
              429,
              typed,
              Optional.of(
                  new PhonePage.Wrong(
                      said(refusals.tooMany(until, words)).text(), Optional.of(until.toString()))));
      case PhoneStep.HandedIn _, PhoneStep.NotAsked _, PhoneStep.Stranger _ -> again(ctx);
    }
  }

  private void submitCode(Context ctx, Secret cookie) {
    var words = door.words(ctx);
    var code = Optional.ofNullable(ctx.formParam("code")).flatMap(PhoneCode::parse);
    if (code.isEmpty()) {
      stay(ctx, cookie, 422, said(refusals.malformedCode(words)));
      return;
    }
    handedIn(ctx, cookie, logins.code(Optional.empty(), code.get(), door.from(ctx)));
  }

  private void submitPassword(Context ctx, Secret cookie) {
    var password =
        Optional.ofNullable(ctx.formParam("password"))
            .filter(text -> !text.isEmpty() && text.length() <= MAX_PASSWORD);
    if (password.isEmpty()) {
      again(ctx);
      return;
    }
    handedIn(ctx, cookie, logins.password(new Secret(password.get()), door.from(ctx)));
  }

  private void handedIn(Context ctx, Secret cookie, PhoneStep step) {
    var words = door.words(ctx);
    switch (step) {
      case PhoneStep.HandedIn(var before, var after) -> {
        if (after.state() instanceof Completed) {
          enter(ctx);
        } else if (after.state().equals(before.state())) {
          stay(ctx, cookie, 200, said(door.askedAgain(before, after, words)));
        } else {
          again(ctx);
        }
      }
      case PhoneStep.TooMany(var until) ->
          stay(
              ctx,
              cookie,
              429,
              new PhonePage.Wrong(
                  said(refusals.tooMany(until, words)).text(), Optional.of(until.toString())));
      case PhoneStep.NotAsked _, PhoneStep.Stranger _, PhoneStep.Begun _ -> again(ctx);
    }
  }

  /// The login is completed: this browser goes in, once.
  private void enter(Context ctx) {
    var from = door.from(ctx);
    // As was asked for beside the number, some pages ago.
    boolean remember = Cookies.find(ctx, REMEMBER).isPresent();
    var entered = logins.find(from.cookie()).flatMap(own -> logins.enter(own, from, remember));
    if (entered.isEmpty()) {
      again(ctx);
      return;
    }
    // The way is gone; where this answer is lost the browser keeps its cookie and may ask again.
    Cookies.clear(ctx, Cookies.CONNECT);
    Cookies.set(ctx, Cookies.SESSION, entered.get().session());
    entered.get().device().ifPresent(cookie -> RememberedBrowsers.keep(ctx, cookie));
    if (remember) {
      Cookies.clear(ctx, REMEMBER);
    }
    ctx.redirect(OwnAccount.DASHBOARD, HttpStatus.SEE_OTHER);
  }

  /// The same question once more, with what was wrong.
  private void stay(Context ctx, Secret cookie, int status, PhonePage.Wrong wrong) {
    logins
        .find(Optional.of(cookie))
        .ifPresentOrElse(
            login -> page(ctx, status, cookie, step(ctx, login, cookie), Optional.of(wrong)),
            () -> again(ctx));
  }

  private void number(Context ctx, int status, String typed, Optional<PhonePage.Wrong> wrong) {
    var cookie =
        Cookies.findSecret(ctx, Cookies.CONNECT)
            .orElseGet(() -> {
              var made = parts.tokens().secret();
              Cookies.set(ctx, Cookies.CONNECT, made);
              return made;
            });
    page(ctx, status, cookie, new PhonePage.AskNumber(typed), wrong);
  }

  private PhonePage.Step step(Context ctx, Login login, Secret cookie) {
    var words = door.words(ctx);
    long seconds = PhoneClocks.secondsLeft(login, parts.clock().instant());
    return switch (login.state()) {
      case LoginState.Requested _, LoginState.Preparing _, LoginState.AwaitingScan _ ->
          new PhonePage.Wait(words.say("phone.wait.code"), queue(cookie, words), login.version());
      case LoginState.Finalizing _ ->
          new PhonePage.Wait(words.say("phone.wait.finalizing"), Optional.empty(), login.version());
      case AwaitingCode(var via, int length, int _) ->
          new PhonePage.Code(masked(cookie), via(words, via, length), length, seconds);
      case AwaitingPassword(var hint, int _) ->
          new PhonePage.Password(masked(cookie), hint.filter(text -> !text.isBlank()), seconds);
      case Completed _ ->
          login
              .account()
              .filter(_ -> logins.mayEnter(login))
              .<PhonePage.Step>map(account -> new PhonePage.Done(account.fullName()))
              .orElseGet(() -> PhoneEnds.of(new Completed(), words));
      case Ended ended -> PhoneEnds.of(ended, words);
    };
  }

  private Optional<String> queue(Secret cookie, Words words) {
    return logins
        .queue(cookie)
        .map(queue ->
            words.say(
                "phone.wait.queue",
                Map.of(
                    "ahead",
                    queue.ahead(),
                    "left",
                    PhoneClocks.spell(queue.atMost().toSeconds()))));
  }

  private static String via(Words words, String via, int length) {
    var key = "phone.code.via." + via;
    return words.say(words.has(key) ? key : "phone.code.via.other", Map.of("digits", length));
  }

  private String masked(Secret cookie) {
    return logins.number(cookie).map(door.numbers()::masked).orElse("");
  }

  /// What the row itself says of the last try.
  private Optional<PhonePage.Wrong> wrong(Context ctx, Login login) {
    int left = PhoneRefusals.triesLeft(login.state());
    if (left == 0 || left == ALL_TRIES) {
      return Optional.empty();
    }
    var words = door.words(ctx);
    return Optional.of(
        said(
            login.state() instanceof AwaitingPassword
                ? refusals.wrongPassword(left, words)
                : refusals.wrongCode(left, words)));
  }

  private static PhonePage.Wrong said(Problem problem) {
    var text = problem.detail().map(more -> problem.title() + ". " + more).orElse(problem.title());
    return new PhonePage.Wrong(text, Optional.empty());
  }

  private void off(Context ctx) {
    var shell = parts.shells().site(door.language(ctx), Optional.of("site.js"));
    var words = shell.words();
    var ended =
        new PhonePage.Ended(
            "password_pages_off",
            "lock",
            "warn",
            false,
            words.say("phone.off.title"),
            words.say("phone.off.text"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            java.util.List.of(),
            words.lines("phone.off.steps"));
    var page = new PhonePage(shell, "", parts.baseUrl().getAuthority(), Optional.empty(), ended);
    parts.templates().show(ctx, 404, "phone", page);
  }

  private void page(
      Context ctx,
      int status,
      Secret cookie,
      PhonePage.Step step,
      Optional<PhonePage.Wrong> wrong) {
    var shell = parts.shells().site(door.language(ctx), Optional.of("phone.js"));
    var page =
        new PhonePage(shell, FormTokens.of(cookie), parts.baseUrl().getAuthority(), wrong, step);
    parts.templates().show(ctx, status, "phone", page);
  }

  private static void again(Context ctx) {
    ctx.redirect(PATH, HttpStatus.SEE_OTHER);
  }
}
