package propusk.miniapp.signin;

import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.account.Account;
import propusk.domain.account.AccountId;
import propusk.domain.account.Accounts;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.seal.Secret;
import propusk.domain.seal.Tokens;
import propusk.domain.signin.ExchangeOutcome;
import propusk.domain.signin.LocalPath;
import propusk.domain.signin.SignIn;
import propusk.domain.signin.SignInId;
import propusk.domain.signin.SignIns;
import propusk.domain.time.Times;
import propusk.domain.websession.LoginVia;
import propusk.domain.websession.WebSession;
import propusk.domain.websession.WebSessions;
import propusk.miniapp.device.RememberedBrowsers;
import propusk.miniapp.edge.ClientAddresses;
import propusk.miniapp.edge.Cookies;
import propusk.miniapp.edge.Problem;
import propusk.miniapp.page.Words;
import propusk.miniapp.phone.PhoneInput;

/// What the pages and the JSON of signing in have in common: who asks, letting in, refusals.
final class SignInDesk {
  // The server does not know the reader's zone; pages write the time again in theirs.
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  private final Jdbi jdbi;
  private final SignIns signIns;
  private final Accounts accounts;
  private final WebSessions webSessions;
  private final RememberedBrowsers remembered;
  private final ClientAddresses addresses;
  private final Tokens tokens;
  private final InstantSource clock;

  /// A browser that came back for its cookie and got it.
  record Entered(SignIn signIn, Account account) {}

  SignInDesk(SignInWay.Parts parts, RememberedBrowsers remembered, Tokens tokens) {
    jdbi = parts.jdbi();
    signIns = parts.signIns();
    accounts = parts.accounts();
    webSessions = parts.webSessions();
    addresses = new ClientAddresses(parts.config().trustedProxies());
    clock = parts.clock();
    this.remembered = remembered;
    this.tokens = tokens;
  }

  /// The one who asks; a browser that waits for the first time gets the cookie it is known by.
  From from(Context ctx, Optional<LocalPath> next, boolean remember) {
    var cookie =
        SignInCookie.of(ctx)
            .orElseGet(() -> {
              var made = tokens.secret();
              Cookies.set(ctx, Cookies.SIGN_IN, made);
              return made;
            });
    var address = addresses.of(ctx);
    return new From(
        address,
        browser(ctx),
        cookie,
        Cookies.findSecret(ctx, Cookies.DEVICE),
        Cookies.findSecret(ctx, Cookies.SESSION),
        next,
        remember);
  }

  BrowserInfo browser(Context ctx) {
    return BrowserInfo.of(
        Optional.ofNullable(ctx.header("User-Agent")), Optional.of(addresses.of(ctx).ip()));
  }

  /// Sets what a browser gets that is in, or the next cookie of one that is known.
  void dress(Context ctx, Started started) {
    switch (started) {
      case Started.In(_, var session, var device, _) -> {
        Cookies.set(ctx, Cookies.SESSION, session);
        device.ifPresent(cookie -> RememberedBrowsers.keep(ctx, cookie));
      }
      case Started.Dead(_, var device) ->
          device.ifPresentOrElse(
              cookie -> RememberedBrowsers.keep(ctx, cookie),
              () -> Cookies.clear(ctx, Cookies.DEVICE));
      case Started.Asked _, Started.TooMany _, Started.Unproven _ -> {}
    }
  }

  /// Lets the browser in that began this sign-in, once, and remembers it where it asked for that.
  Optional<Entered> exchange(Context ctx, SignInId id, From from) {
    var entered =
        jdbi.inTransaction(handle -> {
          if (!(signIns.exchange(handle, id, from.proof())
              instanceof ExchangeOutcome.Entered(var signIn, var who))) {
            return Optional.<Entrance>empty();
          }
          var session = enter(handle, signIn, who, from.browser());
          var device =
              signIn.remember() && signIn.vouchedBy().isEmpty()
                  ? Optional.of(
                      remembered.remember(handle, from.device(), who, from.browser(), session))
                  : Optional.<Secret>empty();
          // The browser changes hands: what it was signed in with before counts no more.
          from.session().ifPresent(earlier -> webSessions.revoke(handle, earlier));
          return Optional.of(new Entrance(signIn, accounts.get(handle, who), session, device));
        });
    return entered.map(in -> {
      Cookies.set(ctx, Cookies.SESSION, in.session());
      in.device().ifPresent(cookie -> RememberedBrowsers.keep(ctx, cookie));
      return new Entered(in.signIn(), in.account());
    });
  }

  /// Where an organization vouched for the person, on that organization's pages only.
  private Secret enter(Handle handle, SignIn signIn, AccountId who, BrowserInfo browser) {
    return signIn
        .vouchedBy()
        .map(by -> webSessions.enterFor(handle, by, LoginVia.TELEGRAM_CONFIRM, who, browser))
        .orElseGet(() -> webSessions.enter(handle, LoginVia.TELEGRAM_CONFIRM, who, browser));
  }

  private record Entrance(
      SignIn signIn, Account account, Secret session, Optional<Secret> device) {}

  /// The sign-in, if this very browser began it.
  Optional<SignIn> inspect(SignInId id, From from) {
    return jdbi.withHandle(handle -> signIns.inspect(handle, id, from.proof()));
  }

  Account account(SignIn signIn) {
    return jdbi.withHandle(handle -> accounts.get(handle, signIn.state().account().orElseThrow()));
  }

  /// As whom the browser is in already.
  Optional<WebSession> isIn(From from) {
    return from.session()
        .flatMap(session -> jdbi.withHandle(handle -> webSessions.peek(handle, session)));
  }

  long secondsLeft(SignIn signIn) {
    return Times.secondsUntil(clock.instant(), signIn.deadline());
  }

  Problem tooMany(Instant until, Words words) {
    return Problem.of(429, "too_many_attempts", words.say("phone.error.too_many"))
        .withDetail(words.say("phone.error.again", "time", UTC.format(until)))
        .withRetryAfter(clock.instant(), until);
  }

  static Problem number(PhoneInput input, Words words) {
    var code = input instanceof PhoneInput.TooShort ? "phone_too_short" : "phone_malformed";
    return Problem.of(422, code, words.say("phone.error." + code));
  }
}
