package propusk.domain.login;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.limit.Limit;
import propusk.domain.limit.Limits;
import propusk.domain.login.LinkStore.Link;
import propusk.domain.login.LoginState.AwaitingPassword;
import propusk.domain.login.LoginState.AwaitingScan;
import propusk.domain.login.LoginState.Preparing;
import propusk.domain.notify.Channel;
import propusk.domain.notify.Notifications;
import propusk.domain.seal.Hashes;
import propusk.domain.seal.Secret;
import propusk.domain.seal.Tokens;

/// Brings a login into an ordinary browser: by a page link or a page code for the second screen, by
/// a link to the password page. Each works once; looking at one spends nothing.
public final class LoginLinks {
  private final LoginStore store = new LoginStore();
  private final LinkStore links = new LinkStore();
  private final LoginSecrets secrets;
  private final LoginBrowsers browsers;
  private final Limits limits;
  private final InstantSource clock;
  private final Tokens tokens;
  private final byte[] codeKey;

  public LoginLinks(Logins.Parts parts, LoginBrowsers browsers, Limits limits) {
    secrets = new LoginSecrets(parts.sealer(), parts.clock());
    clock = parts.clock();
    tokens = parts.tokens();
    codeKey = parts.sealer().macKey("page_code");
    this.browsers = browsers;
    this.limits = limits;
  }

  /// Makes a page link and a page code for a login whose owner has just opened its page, if it has
  /// none.
  public void offer(Handle handle, Login login) {
    if (!showsCode(login) || secondScreen(handle, login).isPresent()) {
      return;
    }
    var now = clock.instant();
    var link = tokens.secret();
    links.insert(handle, Hashes.sha256(link.value()), login.id(), LinkStore.Kind.PAGE_LINK, now);
    PageCode code;
    do {
      code = PageCode.random(tokens);
    } while (!links.insert(handle, hash(code), login.id(), LinkStore.Kind.PAGE_CODE, now));
    secrets.put(handle, login.id(), LoginSecrets.Kind.PAGE_LINK, link);
    secrets.put(handle, login.id(), LoginSecrets.Kind.PAGE_CODE, new Secret(code.value()));
  }

  /// What the owner's page shows of it; empty once the login needs no second screen any more.
  public Optional<SecondScreen> secondScreen(Handle handle, Login login) {
    if (!showsCode(login)) {
      return Optional.empty();
    }
    var opened = browsers.secondScreen(handle, login.id());
    if (opened.isPresent()) {
      return opened.map(SecondScreen.Open::new);
    }
    var link = secrets.find(handle, login.id(), LoginSecrets.Kind.PAGE_LINK);
    var code = secrets.find(handle, login.id(), LoginSecrets.Kind.PAGE_CODE);
    return link.flatMap(
        url -> code.map(typed -> new SecondScreen.Offered(url, new PageCode(typed.value()))));
  }

  /// Whose login a page link opens; empty when it would not open any more.
  public Optional<Login> findByPageLink(Handle handle, Secret link) {
    return find(handle, link, LinkStore.Kind.PAGE_LINK).filter(LoginLinks::showsCode);
  }

  public LinkOutcome openByPageLink(Handle handle, Secret link, BrowserInfo info) {
    return open(handle, Hashes.sha256(link.value()), LinkStore.Kind.PAGE_LINK, info);
  }

  /// A code as it was typed. What opens nothing counts as a guess.
  public LinkOutcome openByPageCode(
      Handle handle, Optional<PageCode> code, Guesser guesser, BrowserInfo info) {
    // One after the other, so that a volley of guesses is counted one by one.
    handle.execute("SELECT pg_advisory_xact_lock(hashtext('page_code_guess'))");
    var closed = closedUntil(handle, guesser);
    if (closed.isPresent()) {
      return new LinkOutcome.Closed(closed.get());
    }
    var outcome =
        code.map(typed -> open(handle, hash(typed), LinkStore.Kind.PAGE_CODE, info))
            .orElseGet(LinkOutcome.Unknown::new);
    if (!(outcome instanceof LinkOutcome.Opened)) {
      limits.count(handle, Limit.PAGE_CODE_GUESS_PER_BROWSER, subject(guesser));
      limits.count(handle, Limit.PAGE_CODE_GUESS_PER_ADDRESS, guesser.address());
      limits.count(handle, Limit.PAGE_CODE_GUESS_GLOBAL, Limits.EVERYBODY);
    }
    return outcome;
  }

  /// How many guesses this browser still has.
  public int guessesLeft(Handle handle, Guesser guesser) {
    return limits.left(handle, Limit.PAGE_CODE_GUESS_PER_BROWSER, subject(guesser));
  }

  /// A link to the page that takes this login's password; the one made before stops working. Empty
  /// unless Telegram waits for the password.
  public Optional<Secret> passwordLink(Handle handle, LoginId id) {
    var login = store.lock(handle, id);
    if (login.filter(LoginLinks::asksPassword).isEmpty()) {
      return Optional.empty();
    }
    var now = clock.instant();
    var link = tokens.secret();
    links.spend(handle, id, LinkStore.Kind.PASSWORD_LINK, now);
    links.insert(handle, Hashes.sha256(link.value()), id, LinkStore.Kind.PASSWORD_LINK, now);
    return Optional.of(link);
  }

  /// Whose password a link is for; empty when it would not open any more.
  public Optional<Login> findByPasswordLink(Handle handle, Secret link) {
    return find(handle, link, LinkStore.Kind.PASSWORD_LINK).filter(LoginLinks::asksPassword);
  }

  public LinkOutcome openByPasswordLink(Handle handle, Secret link, BrowserInfo info) {
    return open(handle, Hashes.sha256(link.value()), LinkStore.Kind.PASSWORD_LINK, info);
  }

  private Optional<Login> find(Handle handle, Secret link, LinkStore.Kind kind) {
    return links
        .find(handle, Hashes.sha256(link.value()), kind)
        .filter(found -> !found.spent())
        .flatMap(found -> store.find(handle, found.login()));
  }

  private LinkOutcome open(Handle handle, byte[] hash, LinkStore.Kind kind, BrowserInfo info) {
    var found = links.find(handle, hash, kind);
    if (found.isEmpty()) {
      return new LinkOutcome.Unknown();
    }
    // The login's lock decides which of two browsers was first; then the link is read again.
    var login = store.lock(handle, found.get().login()).orElseThrow();
    var spent = links.find(handle, hash, kind).filter(Link::spent).isPresent();
    boolean password = kind == LinkStore.Kind.PASSWORD_LINK;
    if (password ? !asksPassword(login) : !showsCode(login)) {
      return new LinkOutcome.Old(store.hasNewer(handle, login));
    }
    if (spent) {
      return new LinkOutcome.Spent();
    }
    return new LinkOutcome.Opened(
        password ? password(handle, login, info) : screen(handle, login, info));
  }

  private Secret screen(Handle handle, Login login, BrowserInfo info) {
    links.spend(handle, login.id(), LinkStore.Kind.PAGE_LINK, clock.instant());
    links.spend(handle, login.id(), LinkStore.Kind.PAGE_CODE, clock.instant());
    secrets.delete(handle, login.id(), LoginSecrets.Kind.PAGE_LINK);
    secrets.delete(handle, login.id(), LoginSecrets.Kind.PAGE_CODE);
    var cookie = browsers.open(handle, login.id(), LoginBrowser.Kind.SECOND_SCREEN, info);
    store.touch(handle, login.id());
    Notifications.hint(handle, Channel.LOGIN, login.id().value());
    return cookie;
  }

  private Secret password(Handle handle, Login login, BrowserInfo info) {
    links.spend(handle, login.id(), LinkStore.Kind.PASSWORD_LINK, clock.instant());
    return browsers.open(handle, login.id(), LoginBrowser.Kind.PASSWORD, info);
  }

  private Optional<Instant> closedUntil(Handle handle, Guesser guesser) {
    return Stream.of(
            limits.closedUntil(handle, Limit.PAGE_CODE_GUESS_PER_BROWSER, subject(guesser)),
            limits.closedUntil(handle, Limit.PAGE_CODE_GUESS_PER_ADDRESS, guesser.address()),
            limits.closedUntil(handle, Limit.PAGE_CODE_GUESS_GLOBAL, Limits.EVERYBODY))
        .flatMap(Optional::stream)
        .max(Instant::compareTo);
  }

  private byte[] hash(PageCode code) {
    return Hashes.hmac(codeKey, code.value());
  }

  private static String subject(Guesser guesser) {
    return HexFormat.of().formatHex(Hashes.sha256(guesser.browser().value()), 0, 16);
  }

  private static boolean showsCode(Login login) {
    return login.state() instanceof Preparing || login.state() instanceof AwaitingScan;
  }

  private static boolean asksPassword(Login login) {
    return login.state() instanceof AwaitingPassword;
  }
}
