package propusk.miniapp.phone;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import propusk.domain.account.Accounts;
import propusk.domain.account.Language;
import propusk.domain.account.PhoneHashes;
import propusk.domain.account.PhoneNumber;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.limit.Limit;
import propusk.domain.limit.Limits;
import propusk.domain.login.Login;
import propusk.domain.login.LoginBrowser;
import propusk.domain.login.LoginBrowsers;
import propusk.domain.login.LoginSnapshot;
import propusk.domain.login.LoginState;
import propusk.domain.login.Logins;
import propusk.domain.login.PhoneLoginRequest;
import propusk.domain.login.Purpose;
import propusk.domain.login.Submitted;
import propusk.domain.seal.Secret;
import propusk.domain.websession.WebSessions;
import propusk.miniapp.device.RememberedBrowsers;
import propusk.miniapp.edge.ClientAddress;
import propusk.miniapp.push.Waits;

/// A browser's way in by phone and code. The state is the login's row; the cookie names it, so that
/// nobody else gets in with the same number and code. Each step waits a while for the worker's
/// answer.
final class PhoneLogins {
  static final Duration PATIENCE = Duration.ofSeconds(12);

  private final Accounts accounts = new Accounts();
  private final Parts parts;

  /// What it stands on.
  record Parts(
      Jdbi jdbi,
      Logins logins,
      LoginBrowsers browsers,
      WebSessions webSessions,
      RememberedBrowsers remembered,
      Limits limits,
      PhoneHashes hashes,
      Waits waits) {}

  /// Where a request comes from.
  ///
  /// @param cookie the one that binds it to a login
  /// @param session the one with which it is signed in, perhaps as somebody else
  /// @param device the one by which it is known again
  record From(
      ClientAddress address,
      BrowserInfo browser,
      Optional<Secret> cookie,
      Optional<Secret> session,
      Optional<Secret> device) {}

  /// What a browser gets that is let in.
  record Entered(Secret session, Optional<Secret> device) {}

  PhoneLogins(Parts parts) {
    this.parts = parts;
  }

  /// Asks Telegram for a code, within the limits. A login that this browser had before ends.
  PhoneStep begin(PhoneNumber number, Language language, From from) {
    var step =
        parts
            .jdbi()
            .<PhoneStep, RuntimeException>inTransaction(handle -> {
              var closed = take(handle, asking(number, from));
              if (closed.isPresent()) {
                return new PhoneStep.TooMany(closed.get());
              }
              from.cookie()
                  .flatMap(cookie -> browser(handle, cookie))
                  .ifPresent(earlier -> parts.logins().cancel(handle, earlier));
              var login =
                  parts.logins().requestByPhone(handle, new PhoneLoginRequest(number, language));
              var cookie =
                  parts
                      .browsers()
                      .open(handle, login.id(), LoginBrowser.Kind.PHONE, from.browser());
              return new PhoneStep.Begun(login, cookie);
            });
    return step instanceof PhoneStep.Begun(var login, var cookie)
        ? new PhoneStep.Begun(
            await(login, now -> !(now.state() instanceof LoginState.Preparing)), cookie)
        : step;
  }

  /// Hands in the code.
  ///
  /// @param number where the client names it again: it must be the one that this browser gave
  PhoneStep code(Optional<PhoneNumber> number, Secret code, From from) {
    var found = find(from.cookie());
    if (found.isEmpty() || number.filter(given -> !isOf(found.get(), given)).isPresent()) {
      return new PhoneStep.Stranger();
    }
    var before = found.get();
    if (!(before.state() instanceof LoginState.AwaitingCode)) {
      return new PhoneStep.NotAsked(before);
    }
    var closed =
        parts
            .jdbi()
            .<Optional<Instant>, RuntimeException>inTransaction(
                handle -> take(handle, typing(before, from)));
    if (closed.isPresent()) {
      return new PhoneStep.TooMany(closed.get());
    }
    var submitted =
        parts
            .jdbi()
            .<Submitted, RuntimeException>inTransaction(
                handle -> parts.logins().submitCode(handle, before.id(), code));
    return handedIn(before, submitted);
  }

  /// Hands in the two-step password.
  PhoneStep password(Secret password, From from) {
    var found = find(from.cookie());
    if (found.isEmpty()) {
      return new PhoneStep.Stranger();
    }
    var before = found.get();
    if (!(before.state() instanceof LoginState.AwaitingPassword)) {
      return new PhoneStep.NotAsked(before);
    }
    var submitted =
        parts
            .jdbi()
            .<Submitted, RuntimeException>inTransaction(
                handle -> parts.logins().submitPassword(handle, before.id(), password));
    return handedIn(before, submitted);
  }

  /// Stops the login that this browser has.
  void cancel(Secret cookie) {
    parts
        .jdbi()
        .useTransaction(
            handle -> browser(handle, cookie).ifPresent(own -> parts.logins().cancel(handle, own)));
  }

  /// Lets the browser in whose login is completed, and remembers it where it asked for that.
  ///
  /// @return its cookies; empty where the login is not completed or has let in whom it may
  Optional<Entered> enter(Login login, From from, boolean remember) {
    if (!(login.state() instanceof LoginState.Completed) || login.account().isEmpty()) {
      return Optional.empty();
    }
    var account = login.account().get().id();
    return parts
        .jdbi()
        .inTransaction(handle ->
            accounts
                .hold(handle, account)
                .flatMap(
                    _ -> parts.webSessions().enter(handle, login.id(), account, from.browser()))
                .map(session -> {
                  var device =
                      Optional.of(session)
                          .filter(_ -> remember)
                          .map(_ ->
                              parts
                                  .remembered()
                                  .remember(
                                      handle, from.device(), account, from.browser(), session));
                  // The browser changes hands: what it was signed in with before counts no more.
                  from.session().ifPresent(earlier -> parts.webSessions().revoke(handle, earlier));
                  return new Entered(session, device);
                }));
  }

  /// Whether this browser is signed in already.
  boolean isIn(From from) {
    return from.session()
        .flatMap(session ->
            parts.jdbi().inTransaction(handle -> parts.webSessions().show(handle, session)))
        .isPresent();
  }

  /// The login of the browser with this cookie.
  Optional<Login> find(Optional<Secret> cookie) {
    return cookie.flatMap(secret ->
        parts
            .jdbi()
            .withHandle(handle ->
                browser(handle, secret).flatMap(own -> parts.logins().find(handle, own.login()))));
  }

  /// The number that it gave.
  Optional<PhoneNumber> number(Secret cookie) {
    return parts
        .jdbi()
        .withHandle(
            handle -> browser(handle, cookie).flatMap(own -> parts.logins().phone(handle, own)));
  }

  /// What is ahead of this browser's login, while it waits for a place.
  Optional<LoginSnapshot.Queue> queue(Secret cookie) {
    return parts
        .jdbi()
        .withHandle(handle ->
            browser(handle, cookie)
                .flatMap(own -> parts.logins().view(handle, own))
                .flatMap(LoginSnapshot::queue));
  }

  /// Whether [#enter] would let a browser in now.
  boolean mayEnter(Login login) {
    return parts.jdbi().withHandle(handle -> parts.webSessions().mayEnter(handle, login.id()));
  }

  private Optional<LoginBrowser> browser(Handle handle, Secret cookie) {
    return parts
        .browsers()
        .find(handle, cookie)
        .filter(own -> own.kind() == LoginBrowser.Kind.PHONE);
  }

  private PhoneStep handedIn(Login before, Submitted submitted) {
    return switch (submitted) {
      case ACCEPTED ->
          new PhoneStep.HandedIn(
              before,
              await(
                  before,
                  now ->
                      now.version() > before.version()
                          && !(now.state() instanceof LoginState.Finalizing)));
      case NOT_ASKED -> new PhoneStep.NotAsked(read(before));
    };
  }

  private Login await(Login login, Predicate<Login> enough) {
    return parts.waits().await(login.id().value(), PATIENCE, () -> read(login), enough);
  }

  private Login read(Login login) {
    return parts.jdbi().withHandle(handle -> parts.logins().find(handle, login.id())).orElse(login);
  }

  private boolean isOf(Login login, PhoneNumber number) {
    return login.purpose() instanceof Purpose.PhoneLogin(var hash)
        && MessageDigest.isEqual(hash, parts.hashes().of(number));
  }

  /// The first of these limits that is used up says when it opens again. Whose turn comes later is
  /// not counted then, so that one closed number or address uses nothing of what all share.
  private Optional<Instant> take(Handle handle, Map<Limit, String> limits) {
    for (var limit : limits.entrySet()) {
      var closed = parts.limits().take(handle, limit.getKey(), limit.getValue());
      if (closed.isPresent()) {
        return closed;
      }
    }
    return Optional.empty();
  }

  private Map<Limit, String> asking(PhoneNumber number, From from) {
    var limits = new LinkedHashMap<Limit, String>();
    limits.put(Limit.CODE_PER_ADDRESS, from.address().subject());
    limits.put(Limit.CODE_PER_NUMBER, subject(parts.hashes().of(number)));
    limits.put(Limit.CODE_GLOBAL, Limits.EVERYBODY);
    return limits;
  }

  private static Map<Limit, String> typing(Login login, From from) {
    var limits = new LinkedHashMap<Limit, String>();
    limits.put(Limit.CODE_TRY_PER_ADDRESS, from.address().subject());
    if (login.purpose() instanceof Purpose.PhoneLogin(var hash)) {
      limits.put(Limit.CODE_TRY_PER_NUMBER, subject(hash));
    }
    limits.put(Limit.CODE_TRY_GLOBAL, Limits.EVERYBODY);
    return limits;
  }

  private static String subject(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }
}
