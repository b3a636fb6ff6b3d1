package propusk.miniapp.widget;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import propusk.domain.account.Accounts;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.limit.Limits;
import propusk.domain.seal.Secret;
import propusk.domain.seal.Tokens;
import propusk.domain.signin.LaunchUses;
import propusk.domain.signin.LocalPath;
import propusk.domain.websession.WebSessions;
import propusk.miniapp.Feature;
import propusk.miniapp.Ground;
import propusk.miniapp.account.OwnAccount;
import propusk.miniapp.edge.ClientAddresses;
import propusk.miniapp.edge.Cookies;
import propusk.miniapp.edge.FormTokens;
import propusk.miniapp.edge.Origins;
import propusk.miniapp.initdata.BotKey;
import propusk.miniapp.initdata.WidgetCheck;
import propusk.miniapp.page.NoticePage;
import propusk.miniapp.page.Shells;
import propusk.miniapp.page.Templates;
import propusk.miniapp.widget.WidgetEntry.Outcome;

/// Telegram's [Login Widget](https://core.telegram.org/widgets/login) without its script: a link to
/// Telegram's OAuth host, which leads back to `/auth/widget` with what it signed, in the query or
/// in the fragment. Which browser went there is kept in its cookie, so that somebody else's result
/// signs nobody in here. A GET lets nobody in; the page sends on what it got.
public final class WidgetWay implements Feature {
  private static final String START = "/auth/widget/start";
  private static final String BACK = "/auth/widget";
  private static final String STATE = "state";
  private static final String REDIRECT = "redirect";
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final Parts parts;
  private final WidgetEntry entry;

  /// What it is built from.
  ///
  /// @param botId of the bot to which Telegram knows our site
  /// @param botToken its token
  /// @param oauthBase such as `https://oauth.telegram.org`
  record Parts(
      Jdbi jdbi,
      Accounts accounts,
      WebSessions webSessions,
      Limits limits,
      InstantSource clock,
      Tokens tokens,
      WidgetCheck check,
      ClientAddresses addresses,
      Shells shells,
      Templates templates,
      URI baseUrl,
      URI oauthBase,
      long botId,
      Secret botToken) {}

  public WidgetWay(Ground ground) {
    var given = ground.given();
    parts =
        new Parts(
            given.jdbi(),
            given.accounts(),
            given.webSessions(),
            given.limits(),
            given.clock(),
            ground.tokens(),
            new WidgetCheck(ground.json(), given.clock()),
            ground.addresses(),
            ground.shells(),
            ground.templates(),
            ground.baseUrl(),
            ground.config().telegramOauthBase(),
            ground.bots().id(),
            ground.bots().signing(ground.tokens()).token());
    entry =
        new WidgetEntry(
            parts.jdbi(),
            parts.accounts(),
            parts.webSessions(),
            new LaunchUses(parts.clock()),
            parts.limits(),
            parts.check(),
            BotKey.ofWidget(parts.botToken()));
  }

  @Override
  public void routes(RoutesConfig routes) {
    routes.get(START, this::start);
    routes.get(BACK, this::back);
    routes.post(BACK, this::enter);
  }

  /// Where «Log in with Telegram» leads.
  ///
  /// @param redirect where the browser goes on afterwards
  public static String link(String redirect) {
    return START + "?" + REDIRECT + "=" + encoded(redirect);
  }

  private void start(Context ctx) {
    var cookie = cookie(ctx).orElseGet(parts.tokens()::secret);
    Cookies.set(ctx, Cookies.WIDGET, cookie);
    var returnTo =
        parts.baseUrl().resolve(BACK)
            + "?%s=%s&%s=%s"
                .formatted(
                    STATE,
                    FormTokens.of(cookie),
                    REDIRECT,
                    encoded(redirect(ctx.queryParam(REDIRECT))));
    ctx.redirect(
        parts.oauthBase()
            + "/auth?bot_id=%d&origin=%s&request_access=write&return_to=%s"
                .formatted(
                    parts.botId(), encoded(Origins.origin(parts.baseUrl())), encoded(returnTo)),
        HttpStatus.SEE_OTHER);
  }

  private void back(Context ctx) {
    var state = Optional.ofNullable(ctx.queryParam(STATE)).orElse("");
    var redirect = redirect(ctx.queryParam(REDIRECT));
    if (!isOurs(ctx, state)) {
      // Whoever goes back to this page after having come in is in.
      if (isIn(ctx)) {
        ctx.redirect(redirect, HttpStatus.SEE_OTHER);
      } else {
        refuse(ctx, 403, "widget.foreign", redirect);
      }
      return;
    }
    var shell = parts.shells().site(Shells.siteLanguage(ctx), Optional.of("widget.js"));
    var page = new WidgetPage(shell, state, redirect, telegrams(ctx), link(redirect));
    parts.templates().show(ctx, 200, "widget", page);
  }

  private void enter(Context ctx) {
    var redirect = redirect(ctx.formParam(REDIRECT));
    if (!isOurs(ctx, Optional.ofNullable(ctx.formParam(FormTokens.FIELD)).orElse(""))) {
      refuse(ctx, 403, "widget.foreign", redirect);
      return;
    }
    var address = parts.addresses().of(ctx);
    var browser = BrowserInfo.of(Optional.ofNullable(ctx.userAgent()), Optional.of(address.ip()));
    var result = new WidgetEntry.Result(field(ctx, "result"), field(ctx, "fragment"));
    switch (entry.enter(result, address, browser, Cookies.findSecret(ctx, Cookies.SESSION))) {
      case Outcome.Entered(var session) -> {
        Cookies.clear(ctx, Cookies.WIDGET);
        Cookies.set(ctx, Cookies.SESSION, session);
        ctx.redirect(redirect, HttpStatus.SEE_OTHER);
      }
      case Outcome.Refused _ -> refuse(ctx, 401, "widget.refused", redirect);
      case Outcome.TooMany(var until) -> tooMany(ctx, until);
    }
  }

  private void refuse(Context ctx, int status, String key, String redirect) {
    var shell = parts.shells().site(Shells.siteLanguage(ctx), Optional.of("site.js"));
    var words = shell.words();
    var again = new NoticePage.Link(link(redirect), words.say("widget.again"));
    var page =
        new NoticePage(
            shell,
            "alert",
            "warn",
            words.say(key + ".title"),
            words.say(key + ".text"),
            Optional.of(again));
    parts.templates().show(ctx, status, "site-notice", page);
  }

  private void tooMany(Context ctx, Instant until) {
    var shell = parts.shells().site(Shells.siteLanguage(ctx), Optional.of("site.js"));
    var words = shell.words();
    var seconds = Math.max(1, until.getEpochSecond() - parts.clock().instant().getEpochSecond());
    ctx.header("Retry-After", Long.toString(seconds));
    var page =
        new NoticePage(
            shell,
            "clock",
            "warn",
            words.say("phone.error.too_many"),
            words.open("phone.error.again"),
            Optional.of(until),
            Optional.empty());
    parts.templates().show(ctx, 429, "site-notice", page);
  }

  private boolean isIn(Context ctx) {
    return Cookies.findSecret(ctx, Cookies.SESSION)
        .flatMap(
            session -> parts.jdbi().withHandle(handle -> parts.webSessions().peek(handle, session)))
        .isPresent();
  }

  private static boolean isOurs(Context ctx, String state) {
    return cookie(ctx).filter(own -> FormTokens.fits(own, state)).isPresent();
  }

  private static Optional<Secret> cookie(Context ctx) {
    return Cookies.find(ctx, Cookies.WIDGET).filter(SECRET.asMatchPredicate()).map(Secret::new);
  }

  /// The query without what we put there ourselves, as it came.
  private static String telegrams(Context ctx) {
    return Arrays.stream(Optional.ofNullable(ctx.queryString()).orElse("").split("&"))
        .filter(field -> !field.isEmpty())
        .filter(field -> !field.startsWith(STATE + "=") && !field.startsWith(REDIRECT + "="))
        .filter(field -> !field.startsWith("lang="))
        .collect(Collectors.joining("&"));
  }

  private static String redirect(@Nullable String wanted) {
    return Optional.ofNullable(wanted)
        .flatMap(LocalPath::parse)
        .map(LocalPath::value)
        .orElse(OwnAccount.DASHBOARD);
  }

  private static String field(Context ctx, String name) {
    return Optional.ofNullable(ctx.formParam(name)).orElse("");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
