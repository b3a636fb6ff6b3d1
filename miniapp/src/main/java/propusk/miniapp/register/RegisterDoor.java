package propusk.miniapp.register;

import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.registration.Registration;
import propusk.domain.registration.RegistrationId;
import propusk.domain.registration.Registrations;
import propusk.domain.registration.VerifyOutcome;
import propusk.domain.seal.Secret;
import propusk.domain.time.Times;
import propusk.domain.websession.WebSessions;
import propusk.miniapp.edge.ClientAddresses;
import propusk.miniapp.edge.Cookies;
import propusk.miniapp.page.Shells;
import propusk.miniapp.page.Words;
import propusk.miniapp.phone.PhoneNumbers;

/// What the pages, the JSON and the events of registering have in common.
///
/// @param botLink such as `https://t.me/propusk_bot`
/// @param botUsername without the at sign
record RegisterDoor(
    Jdbi jdbi,
    Registrations registrations,
    WebSessions webSessions,
    InstantSource clock,
    ClientAddresses addresses,
    Shells shells,
    PhoneNumbers numbers,
    RegisterRefusals refusals,
    String botLink,
    String botUsername) {

  <T> T in(Function<Handle, T> work) {
    return jdbi.inTransaction(work::apply);
  }

  Optional<Secret> cookie(Context ctx) {
    return Cookies.findSecret(ctx, Cookies.REGISTER);
  }

  /// Where the code is right, the browser changes hands: what it was signed in with before counts
  /// no more.
  VerifyOutcome verify(Context ctx, Secret cookie, String typed) {
    var from = browser(ctx);
    var address = address(ctx);
    return in(handle -> {
      var outcome = registrations.verify(handle, cookie, typed, from, address);
      if (outcome instanceof VerifyOutcome.Registered) {
        Cookies.findSecret(ctx, Cookies.SESSION)
            .ifPresent(earlier -> webSessions.revoke(handle, earlier));
      }
      return outcome;
    });
  }

  Optional<Registration> find(Optional<Secret> cookie) {
    return cookie.flatMap(secret -> jdbi.withHandle(handle -> registrations.find(handle, secret)));
  }

  BrowserInfo browser(Context ctx) {
    return BrowserInfo.of(
        Optional.ofNullable(ctx.header("User-Agent")), Optional.of(addresses.of(ctx).ip()));
  }

  String address(Context ctx) {
    return addresses.of(ctx).subject();
  }

  Words words(Context ctx) {
    return shells.words(Shells.siteLanguage(ctx));
  }

  String telegramLink(RegistrationId id) {
    return botLink + "?start=" + id.sessionId();
  }

  Optional<String> masked(Registration registration) {
    return registration.phone().map(numbers::masked);
  }

  /// Whole seconds, rounded up.
  long secondsUntil(Instant at) {
    return Times.secondsUntil(clock.instant(), at);
  }
}
