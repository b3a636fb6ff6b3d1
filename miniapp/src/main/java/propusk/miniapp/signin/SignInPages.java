package propusk.miniapp.signin;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.InetAddress;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import propusk.domain.account.PhoneNumber;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.signin.BeginOutcome;
import propusk.domain.signin.LocalPath;
import propusk.domain.signin.SignIn;
import propusk.domain.signin.SignInId;
import propusk.domain.signin.SignInKind;
import propusk.domain.signin.SignInState.Approved;
import propusk.domain.signin.SignInState.Ended;
import propusk.domain.signin.SignInState.Exchanged;
import propusk.domain.signin.SignInState.Opened;
import propusk.domain.signin.SignInState.Waiting;
import propusk.domain.signin.SignIns;
import propusk.miniapp.account.OwnAccount;
import propusk.miniapp.edge.Cookies;
import propusk.miniapp.edge.FormTokens;
import propusk.miniapp.edge.Problem;
import propusk.miniapp.page.Shells;
import propusk.miniapp.page.Templates;
import propusk.miniapp.page.Words;
import propusk.miniapp.phone.PhoneInput;
import propusk.miniapp.phone.PhoneNumbers;
import propusk.miniapp.qr.QrSvg;

/// `/login` and `/login/{token}`: the way in, and the page that waits for a person's yes. The
/// latter always shows the state of its sign-in to the browser that began it, so that a reload, a
/// second tab and the way back show the same. Works without scripts.
final class SignInPages {
  static final String PATH = "/login";

  private static final Pattern VIEW_BOX = Pattern.compile("viewBox=\"0 0 (\\d+) ");

  /// Pixels beside the tile's own edge.
  private static final int QR_ROOM = 264;

  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  /// What the waiting page shows of the number that was typed; a mask only.
  private static final String MASKED = "__Host-number";

  private final Jdbi jdbi;
  private final SignIns signIns;
  private final SignInDesk desk;
  private final Starts starts;
  private final PhoneNumbers numbers = new PhoneNumbers();
  private final Shells shells;
  private final Templates templates;
  private final SignInWay.Bot bot;

  SignInPages(SignInWay.Parts parts, SignInDesk desk, Starts starts) {
    jdbi = parts.jdbi();
    signIns = parts.signIns();
    shells = parts.shells();
    templates = parts.templates();
    bot = parts.bot();
    this.desk = desk;
    this.starts = starts;
  }

  void add(RoutesConfig routes) {
    routes.get(PATH, this::show);
    routes.post(PATH, this::submit);
    routes.get(PATH + "/{token}", this::wait);
    routes.post(PATH + "/{token}", this::enter);
  }

  private void show(Context ctx) {
    var from = from(ctx, ctx.queryParam("next"), true);
    if (desk.isIn(from).isPresent()) {
      goOn(ctx, from.next());
    } else {
      login(ctx, 200, from, "", from.device().isPresent(), Optional.empty(), Optional.empty());
    }
  }

  private void submit(Context ctx) {
    // A browser that tried by itself has not been asked yet.
    boolean remember = ctx.formParam("remember") != null || "resume".equals(ctx.formParam("do"));
    var from = from(ctx, ctx.formParam("next"), remember);
    // A form from before the cookie changed: what is true now is shown instead.
    if (!FormTokens.fits(from.cookie(), ctx.formParam(FormTokens.FIELD))) {
      ctx.redirect(PATH, HttpStatus.SEE_OTHER);
      return;
    }
    switch (Optional.ofNullable(ctx.formParam("do")).orElse("")) {
      case "number" -> number(ctx, from);
      case "telegram" -> telegram(ctx, from);
      case "resume" -> resume(ctx, from);
      default -> ctx.redirect(PATH, HttpStatus.SEE_OTHER);
    }
  }

  private void number(Context ctx, From from) {
    var words = words(ctx);
    var typed = Optional.ofNullable(ctx.formParam("phone")).orElse("");
    var input = numbers.parse(typed, PhoneNumbers.country(words.language(), Optional.empty()));
    if (!(input instanceof PhoneInput.Parsed(var number))) {
      wrong(ctx, from, typed, SignInDesk.number(input, words), Optional.empty());
      return;
    }
    started(ctx, from, Optional.of(number), starts.byNumber(number, Optional.empty(), from));
  }

  /// A tab of a browser that another tab has let in meanwhile goes on with it.
  private void resume(Context ctx, From from) {
    if (desk.isIn(from).isPresent()) {
      goOn(ctx, from.next());
    } else {
      started(ctx, from, Optional.empty(), starts.resume(from));
    }
  }

  private void started(Context ctx, From from, Optional<PhoneNumber> number, Started started) {
    var words = words(ctx);
    desk.dress(ctx, started);
    switch (started) {
      case Started.In _ -> goOn(ctx, from.next());
      case Started.Dead _ -> {
        var notice =
            new LoginPage.Notice(words.say("signin.dead.title"), words.say("signin.dead.text"));
        login(ctx, 200, from, "", false, Optional.empty(), Optional.of(notice));
      }
      case Started.Asked(var signIn) -> {
        number.ifPresent(it -> Cookies.set(ctx, MASKED, masked(it)));
        ctx.redirect(PATH + "/" + signIn.id().value(), HttpStatus.SEE_OTHER);
      }
      case Started.TooMany(var until) ->
          wrong(
              ctx,
              from,
              number.map(numbers::format).orElse(""),
              desk.tooMany(until, words),
              Optional.of(until.toString()));
      case Started.Unproven _ ->
          login(ctx, 200, from, "", false, Optional.empty(), Optional.empty());
    }
  }

  private void telegram(Context ctx, From from) {
    var outcome =
        jdbi.<BeginOutcome, RuntimeException>inTransaction(
            handle -> signIns.begin(handle, from.request()));
    switch (outcome) {
      case BeginOutcome.Begun(var signIn) ->
          ctx.redirect(PATH + "/" + signIn.id().value(), HttpStatus.SEE_OTHER);
      case BeginOutcome.Limited(var until) ->
          wrong(ctx, from, "", desk.tooMany(until, words(ctx)), Optional.of(until.toString()));
    }
  }

  private void wait(Context ctx) {
    var from = from(ctx, null, true);
    var found = SignInId.parse(ctx.pathParam("token")).flatMap(id -> desk.inspect(id, from));
    if (found.isEmpty()) {
      ctx.redirect(PATH, HttpStatus.SEE_OTHER);
      return;
    }
    var signIn = found.get();
    switch (signIn.state()) {
      case Waiting _, Opened _, Approved _ -> waiting(ctx, signIn, from);
      // Another tab of this browser has gone in.
      case Exchanged _ when desk.isIn(from).isPresent() -> goOn(ctx, signIn.redirect());
      case Ended ended -> ended(ctx, signIn, ended, from);
    }
  }

  private void enter(Context ctx) {
    var from = from(ctx, null, true);
    var id = SignInId.parse(ctx.pathParam("token"));
    if (id.isEmpty() || !FormTokens.fits(from.cookie(), ctx.formParam(FormTokens.FIELD))) {
      ctx.redirect(PATH, HttpStatus.SEE_OTHER);
      return;
    }
    desk.exchange(ctx, id.get(), from)
        .ifPresentOrElse(
            entered -> goOn(ctx, entered.signIn().redirect()),
            () -> ctx.redirect(PATH + "/" + id.get().value(), HttpStatus.SEE_OTHER));
  }

  private void waiting(Context ctx, SignIn signIn, From from) {
    var shell = shells.signIn(Shells.siteLanguage(ctx), "signin.js");
    boolean byNumber = signIn.kind() == SignInKind.APPROVAL;
    var link = byNumber ? bot.link() : bot.link() + "?start=" + signIns.start(signIn).value();
    long left = desk.secondsLeft(signIn);
    var page =
        new SignInPage(
            shell,
            signIn.id().value(),
            FormTokens.of(from.cookie()),
            signIn.number(),
            left,
            clock(left),
            Math.max(left, signIn.kind().life().toSeconds()),
            signIn.state().phase(),
            place(shell.words(), signIn),
            new SignInPage.Bot(bot.username(), link),
            byNumber
                ? new SignInPage.ByNumber(Cookies.find(ctx, MASKED).filter(SignInPages::isMask))
                : new SignInPage.ByLink(sized(QrSvg.draw(link))));
    templates.show(ctx, 200, "signin", page);
  }

  private void ended(Context ctx, SignIn signIn, Ended ended, From from) {
    var shell = shells.signIn(Shells.siteLanguage(ctx), "site.js");
    var page =
        SignInEndPage.of(
            shell, ended, signIn.kind(), FormTokens.of(from.cookie()), signIn.redirect());
    templates.show(ctx, 200, "signin-end", page);
  }

  private void wrong(
      Context ctx, From from, String typed, Problem problem, Optional<String> until) {
    var text = problem.detail().map(it -> problem.title() + ". " + it).orElse(problem.title());
    var wrong = new LoginPage.Wrong(text, until);
    login(ctx, problem.status(), from, typed, false, Optional.of(wrong), Optional.empty());
  }

  private void login(
      Context ctx,
      int status,
      From from,
      String typed,
      boolean known,
      Optional<LoginPage.Wrong> wrong,
      Optional<LoginPage.Notice> notice) {
    var shell = shells.signIn(Shells.siteLanguage(ctx), "login.js");
    var page =
        new LoginPage(
            shell,
            FormTokens.of(from.cookie()),
            typed,
            from.remember(),
            from.next(),
            known,
            wrong,
            notice);
    templates.show(ctx, status, "login", page);
  }

  private From from(Context ctx, @Nullable String next, boolean remember) {
    return desk.from(ctx, Optional.ofNullable(next).flatMap(LocalPath::parse), remember);
  }

  private static void goOn(Context ctx, Optional<LocalPath> next) {
    ctx.redirect(next.map(LocalPath::value).orElse(OwnAccount.DASHBOARD), HttpStatus.SEE_OTHER);
  }

  private static SignInPage.Place place(Words words, SignIn signIn) {
    return new SignInPage.Place(
        browser(words, signIn.browser()),
        signIn.browser().ip().map(InetAddress::getHostAddress).orElse(""),
        signIn.createdAt().toString(),
        UTC.format(signIn.createdAt()));
  }

  private static String browser(Words words, BrowserInfo info) {
    if (info.browser().isPresent() && info.system().isPresent()) {
      var values = Map.of("browser", info.browser().get(), "system", info.system().get());
      return words.say("places.browser", values);
    }
    return info.browser().or(info::system).orElseGet(() -> words.say("places.unknown"));
  }

  private static String clock(long seconds) {
    var left = Duration.ofSeconds(seconds);
    return "%d:%02d".formatted(left.toMinutes(), left.toSecondsPart());
  }

  /// Its last four digits, which tell the person that it is theirs and nobody else anything.
  private static String masked(PhoneNumber number) {
    return number.e164().substring(number.e164().length() - 4);
  }

  private static boolean isMask(String text) {
    return text.matches("\\d{4}");
  }

  /// As large as its tile allows with modules of a whole number of pixels.
  private static String sized(String qr) {
    var box = VIEW_BOX.matcher(qr);
    if (!box.find()) {
      throw new IllegalArgumentException("a QR code has a view box");
    }
    int units = Integer.parseInt(box.group(1));
    int size = Math.max(1, QR_ROOM / units) * units;
    return qr.replaceFirst("<svg ", "<svg width=\"" + size + "\" height=\"" + size + "\" ");
  }

  private Words words(Context ctx) {
    return shells.words(Shells.siteLanguage(ctx));
  }
}
