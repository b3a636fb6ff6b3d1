package propusk.miniapp.phone;

import io.javalin.http.Context;
import java.util.Optional;
import propusk.domain.account.Language;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.login.Login;
import propusk.domain.login.LoginState.AwaitingPassword;
import propusk.miniapp.edge.ClientAddresses;
import propusk.miniapp.edge.Cookies;
import propusk.miniapp.edge.Problem;
import propusk.miniapp.edge.Refused;
import propusk.miniapp.page.Shells;
import propusk.miniapp.page.Words;

/// What the pages and the JSON of this way in have in common.
///
/// @param open whether the operator lets codes and passwords be typed here
record PhoneDoor(
    PhoneLogins logins,
    PhoneNumbers numbers,
    PhoneRefusals refusals,
    ClientAddresses addresses,
    Shells shells,
    boolean open) {

  PhoneLogins.From from(Context ctx) {
    var address = addresses.of(ctx);
    return new PhoneLogins.From(
        address,
        BrowserInfo.of(Optional.ofNullable(ctx.header("User-Agent")), Optional.of(address.ip())),
        Cookies.findSecret(ctx, Cookies.CONNECT),
        Cookies.findSecret(ctx, Cookies.SESSION),
        Cookies.findSecret(ctx, Cookies.DEVICE));
  }

  Words words(Context ctx) {
    return shells.words(language(ctx));
  }

  Language language(Context ctx) {
    return Shells.siteLanguage(ctx);
  }

  void checkOpen(Context ctx) {
    if (!open) {
      throw new Refused(
          Problem.of(404, "password_pages_off", words(ctx).say("phone.off.title"))
              .withDetail(words(ctx).say("phone.off.text")));
    }
  }

  /// Why the login asks for the same once more.
  Problem askedAgain(Login before, Login after, Words words) {
    if (after.version() == before.version()) {
      return Problem.of(504, "telegram_slow", words.say("phone.error.slow"));
    }
    if (PhoneRefusals.askedAgain(before, after)) {
      return refusals.askedAgain(words);
    }
    int left = PhoneRefusals.triesLeft(after.state());
    return after.state() instanceof AwaitingPassword
        ? refusals.wrongPassword(left, words)
        : refusals.wrongCode(left, words);
  }
}
