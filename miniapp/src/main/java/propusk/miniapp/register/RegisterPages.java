package propusk.miniapp.register;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.util.Optional;
import propusk.domain.registration.BeginOutcome;
import propusk.domain.registration.CustomerName;
import propusk.domain.registration.Registration;
import propusk.domain.registration.RegistrationState;
import propusk.domain.registration.Registrations;
import propusk.domain.registration.ResendOutcome;
import propusk.domain.registration.VerifyOutcome;
import propusk.domain.seal.Secret;
import propusk.domain.seal.Tokens;
import propusk.miniapp.account.OwnAccount;
import propusk.miniapp.edge.Cookies;
import propusk.miniapp.edge.FormTokens;
import propusk.miniapp.edge.Problem;
import propusk.miniapp.page.Shells;
import propusk.miniapp.page.Templates;
import propusk.miniapp.qr.QrSvg;
import tools.jackson.databind.ObjectMapper;

/// `/register`: name, contact, code, in. The page always shows the state of the registration that
/// the browser's cookie names, so that a reload, a second tab and the way back show the same; each
/// form leads back to it. Works without scripts.
final class RegisterPages {
  static final String PATH = "/register";

  private static final int PIXELS = 6;

  private final RegisterDoor door;
  private final Templates templates;
  private final Tokens tokens;
  private final RegisterViews views;
  private final ObjectMapper json;

  RegisterPages(
      RegisterDoor door,
      Templates templates,
      Tokens tokens,
      RegisterViews views,
      ObjectMapper json) {
    this.door = door;
    this.templates = templates;
    this.tokens = tokens;
    this.views = views;
    this.json = json;
  }

  void add(RoutesConfig routes) {
    routes.get(PATH, this::show);
    routes.post(PATH, this::submit);
    routes.get(PATH + "/status", this::status);
  }

  private void show(Context ctx) {
    var cookie = door.cookie(ctx);
    var registration = door.find(cookie);
    if (cookie.isEmpty() || registration.isEmpty()) {
      name(ctx, cookie, "");
      return;
    }
    page(ctx, 200, cookie.get(), registration.get(), wrong(ctx, registration.get()));
  }

  /// For a page that cannot be pushed to.
  private void status(Context ctx) {
    var view =
        door.find(door.cookie(ctx))
            .map(views::view)
            .orElseGet(() -> json.createObjectNode().put("status", "not_found").put("version", 0));
    ctx.contentType("application/json").result(json.writeValueAsBytes(view));
  }

  private void submit(Context ctx) {
    var cookie = door.cookie(ctx);
    // A form from before the cookie changed: what is true now is shown instead.
    if (cookie.isEmpty() || !FormTokens.fits(cookie.get(), ctx.formParam(FormTokens.FIELD))) {
      again(ctx);
      return;
    }
    switch (Optional.ofNullable(ctx.formParam("do")).orElse("")) {
      case "name" -> begin(ctx, cookie.get());
      case "code" -> verify(ctx, cookie.get());
      case "resend" -> resend(ctx, cookie.get());
      case "rename" -> rename(ctx, cookie);
      default -> again(ctx);
    }
  }

  private void begin(Context ctx, Secret bound) {
    var words = door.words(ctx);
    var typed = Optional.ofNullable(ctx.formParam("name")).orElse("");
    var name = CustomerName.parse(typed);
    if (name.isEmpty()) {
      name(ctx, 422, bound, typed, said(door.refusals().name(words)));
      return;
    }
    var from = door.browser(ctx);
    var address = door.address(ctx);
    switch (door.in(handle -> door.registrations().begin(handle, name.get(), from, address))) {
      case BeginOutcome.Begun(var _, var cookie) -> {
        Cookies.set(ctx, Cookies.REGISTER, cookie);
        again(ctx);
      }
      case BeginOutcome.Closed(var until) ->
          name(ctx, 429, bound, typed, said(door.refusals().tooMany(until, words), until));
    }
  }

  private void verify(Context ctx, Secret cookie) {
    var words = door.words(ctx);
    var typed = Optional.ofNullable(ctx.formParam("code")).orElse("");
    switch (door.verify(ctx, cookie, typed)) {
      case VerifyOutcome.Registered(var _, var _, var session) -> {
        Cookies.set(ctx, Cookies.SESSION, session);
        ctx.redirect(PATH, HttpStatus.SEE_OTHER);
      }
      case VerifyOutcome.Wrong _, VerifyOutcome.NotAsked _ -> again(ctx);
      case VerifyOutcome.Closed(var until) ->
          stay(ctx, cookie, 429, said(door.refusals().tooMany(until, words), until));
    }
  }

  private void resend(Context ctx, Secret cookie) {
    var words = door.words(ctx);
    switch (door.in(handle -> door.registrations().resend(handle, cookie))) {
      case ResendOutcome.Sending _, ResendOutcome.NotAsked _ -> again(ctx);
      case ResendOutcome.TooEarly(var at) ->
          stay(ctx, cookie, 429, said(door.refusals().tooEarly(at, words), at));
      case ResendOutcome.NoMore _ ->
          stay(ctx, cookie, 409, said(door.refusals().noMoreCodes(words)));
      case ResendOutcome.Closed(var until) ->
          stay(ctx, cookie, 429, said(door.refusals().tooMany(until, words), until));
    }
  }

  /// Another one is begun with a new cookie; the one before ends by its time.
  private void rename(Context ctx, Optional<Secret> cookie) {
    name(ctx, Optional.empty(), door.find(cookie).map(Registration::name).orElse(""));
  }

  /// The same question once more, with what was wrong.
  private void stay(Context ctx, Secret cookie, int status, RegisterPage.Wrong wrong) {
    door.find(Optional.of(cookie))
        .ifPresentOrElse(
            registration -> page(ctx, status, cookie, registration, Optional.of(wrong)),
            () -> again(ctx));
  }

  /// Until there is a registration its cookie only binds the form to the browser.
  private void name(Context ctx, Optional<Secret> cookie, String typed) {
    var kept =
        cookie.orElseGet(() -> {
          var made = tokens.secret();
          Cookies.set(ctx, Cookies.REGISTER, made);
          return made;
        });
    render(ctx, 200, kept, 0, Optional.empty(), new RegisterPage.Name(typed));
  }

  private void name(
      Context ctx, int status, Secret cookie, String typed, RegisterPage.Wrong wrong) {
    render(ctx, status, cookie, 0, Optional.of(wrong), new RegisterPage.Name(typed));
  }

  private void page(
      Context ctx,
      int status,
      Secret cookie,
      Registration registration,
      Optional<RegisterPage.Wrong> wrong) {
    if (registration.state() instanceof RegistrationState.Registered
        && registration.vouchedBy().isEmpty()) {
      Cookies.clear(ctx, Cookies.REGISTER);
      ctx.redirect(OwnAccount.DASHBOARD, HttpStatus.SEE_OTHER);
      return;
    }
    render(ctx, status, cookie, registration.version(), wrong, step(ctx, registration));
  }

  private void render(
      Context ctx,
      int status,
      Secret cookie,
      long version,
      Optional<RegisterPage.Wrong> wrong,
      RegisterPage.Step step) {
    var shell = door.shells().connect(Shells.siteLanguage(ctx), "register.js");
    templates.show(
        ctx,
        status,
        "register",
        new RegisterPage(shell, FormTokens.of(cookie), version, wrong, step));
  }

  private RegisterPage.Step step(Context ctx, Registration registration) {
    var words = door.words(ctx);
    long seconds = door.secondsUntil(registration.deadline());
    if (registration.live() && seconds == 0) {
      return over(ctx, "expired", "hourglass", "warn", true);
    }
    return switch (registration.state()) {
      case RegistrationState.Pending _ -> wait(registration, words.say("register.wait.pending"));
      case RegistrationState.Asked _ -> wait(registration, words.say("register.wait.asked"));
      case RegistrationState.ContactReceived _ ->
          wait(registration, words.say("register.wait.received"));
      case RegistrationState.CodeSent(var _, int tries, int codesLeft, var again) ->
          new RegisterPage.Code(
              door.botUsername(),
              door.masked(registration).orElse(""),
              tries == 0,
              codesLeft > 0 && registration.vouchedBy().isEmpty() ? door.secondsUntil(again) : -1,
              seconds);
      case RegistrationState.Registered _ -> over(ctx, "done", "check", "ok", false);
      case RegistrationState.Expired _ -> over(ctx, "expired", "hourglass", "warn", true);
    };
  }

  private RegisterPage.Wait wait(Registration registration, String state) {
    var link = door.telegramLink(registration.id());
    return new RegisterPage.Wait(
        registration.name(),
        state,
        link,
        QrSvg.draw(link, PIXELS),
        door.secondsUntil(registration.deadline()));
  }

  private RegisterPage.Over over(Context ctx, String key, String icon, String tone, boolean again) {
    var words = door.words(ctx);
    return new RegisterPage.Over(
        icon,
        tone,
        words.say("register." + key + ".title"),
        words.say("register." + key + ".text"),
        again ? Optional.of(words.say("again")) : Optional.empty());
  }

  /// What the row itself says of the last try.
  private Optional<RegisterPage.Wrong> wrong(Context ctx, Registration registration) {
    return registration.state() instanceof RegistrationState.CodeSent(var _, int left, var _, var _)
            && left < Registrations.TRIES
        ? Optional.of(said(door.refusals().wrongCode(left, door.words(ctx))))
        : Optional.empty();
  }

  private static RegisterPage.Wrong said(Problem problem) {
    return new RegisterPage.Wrong(problem.title(), Optional.empty());
  }

  private static RegisterPage.Wrong said(Problem problem, Instant until) {
    var text = problem.detail().map(more -> problem.title() + ". " + more).orElse(problem.title());
    return new RegisterPage.Wrong(text, Optional.of(until.toString()));
  }

  private static void again(Context ctx) {
    ctx.redirect(PATH, HttpStatus.SEE_OTHER);
  }
}
