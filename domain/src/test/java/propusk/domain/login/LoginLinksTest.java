package propusk.domain.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import propusk.domain.DomainWorld;
import propusk.domain.account.Account;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.limit.Limit;
import propusk.domain.login.LoginEvent.PasswordAsked;
import propusk.domain.seal.Hashes;
import propusk.domain.seal.Secret;
import propusk.domain.worker.WorkerProcess;

class LoginLinksTest {
  private static final InetAddress HOME = InetAddress.ofLiteral("192.0.2.7");
  private static final BrowserInfo CHROME =
      new BrowserInfo(Optional.of("Chrome"), Optional.of("Windows"), Optional.of(HOME));

  private final DomainWorld world = new DomainWorld();
  private final Account ilya = world.person(139_883_458, "Илья");
  private int launches;

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aPageLinkOpensOneSecondScreenAndThePhoneSeesWhichOne() {
    var login = opened();
    var offered = offered(login);
    assertEquals(
        login.id(),
        world.in(h -> world.links.findByPageLink(h, offered.link())).orElseThrow().id());
    long version = find(login).version();

    var cookie = cookie(byLink(offered.link()));

    var screen = world.in(h -> world.browsers.find(h, cookie)).orElseThrow();
    assertEquals(login.id(), screen.login());
    assertEquals(LoginBrowser.Kind.SECOND_SCREEN, screen.kind());
    assertEquals(
        Optional.of(new SecondScreen.Open(screen)),
        world.in(h -> world.links.secondScreen(h, find(login))));
    assertEquals(CHROME, screen.info());
    assertTrue(find(login).version() > version, "the phone's page hears of it");
    assertEquals(new LinkOutcome.Spent(), byLink(offered.link()));
    assertEquals(new LinkOutcome.Spent(), byCode(offered.code(), guesser()));
    assertTrue(world.in(h -> world.links.findByPageLink(h, offered.link())).isEmpty());
    assertEquals(0, world.count("SELECT count(*) FROM login_secret"));
  }

  @Test
  void aReloadOfThePhonesPageShowsTheSameLinkAndCode() {
    var login = opened();
    var before = offered(login);
    world.in(h -> {
      world.links.offer(h, find(login));
      return 0;
    });
    assertEquals(before, offered(login));
  }

  @Test
  void ofTwoBrowsersAtOnceOneGetsTheCode() throws Exception {
    var offered = offered(opened());
    var browsers = new ArrayList<Callable<LinkOutcome>>();
    for (int i = 0; i < 8; i++) {
      boolean byLink = i % 2 == 0;
      browsers.add(() -> byLink ? byLink(offered.link()) : byCode(offered.code(), guesser()));
    }
    int opened = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var answer : threads.invokeAll(browsers)) {
        opened += answer.get() instanceof LinkOutcome.Opened ? 1 : 0;
      }
    }
    assertEquals(1, opened);
  }

  @Test
  void aCodeOfAnEarlierLoginIsOldAndSaysThatThereIsANewerOne() {
    var first = offered(opened());
    var second = offered(opened());
    assertNotEquals(first, second);
    assertEquals(new LinkOutcome.Old(true), byCode(first.code(), guesser()));
    world.clock.advance(Logins.PLACE_LIFE);
    world.in(world.logins::endOverdue);
    assertEquals(new LinkOutcome.Old(false), byCode(second.code(), guesser()));
    assertEquals(new LinkOutcome.Old(false), byLink(second.link()));
  }

  @Test
  void whatBrowsersWereGivenIsForgottenOnceItCountsNoMore() {
    var offered = offered(opened());
    assertInstanceOf(LinkOutcome.Opened.class, byLink(offered.link()));
    var given =
        "SELECT (SELECT count(*) FROM login_browser) + (SELECT count(*) FROM login_page) + (SELECT"
            + " count(*) FROM login_link)";
    assertEquals(0, forgotten());
    assertEquals(4, world.count(given));
    world.clock.advance(LoginBrowsers.COOKIE_LIFE.plusSeconds(1));
    assertEquals(4, forgotten());
    assertEquals(0, world.count(given));
  }

  /// T12 for the page code.
  @Test
  void aBrowserHasFiveGuessesAndAVolleyGetsNoMore() throws Exception {
    var offered = offered(opened());
    var guesser = guesser();
    var wrong = new PageCode(offered.code().value().equals("AAAAAA") ? "BBBBBB" : "AAAAAA");
    var volley = new ArrayList<Callable<LinkOutcome>>();
    for (int i = 0; i < 20; i++) {
      volley.add(() -> byCode(wrong, guesser));
    }
    int looked = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var answer : threads.invokeAll(volley)) {
        looked += answer.get() instanceof LinkOutcome.Unknown ? 1 : 0;
      }
    }
    assertEquals(Limit.PAGE_CODE_GUESS_PER_BROWSER.amount(), looked);
    int left = world.in(h -> world.links.guessesLeft(h, guesser));
    assertEquals(0, left);
    assertInstanceOf(LinkOutcome.Closed.class, byCode(offered.code(), guesser));
    assertInstanceOf(LinkOutcome.Opened.class, byCode(offered.code(), guesser()));
  }

  /// T12: throwing the cookie away does not help for long.
  @Test
  void anAddressRunsOutOfGuessesWhateverBrowserItClaimsToBe() {
    var offered = offered(opened());
    for (int i = 0; i < Limit.PAGE_CODE_GUESS_PER_ADDRESS.amount(); i++) {
      assertEquals(new LinkOutcome.Unknown(), guess(Optional.empty(), guesser()));
    }
    assertInstanceOf(LinkOutcome.Closed.class, byCode(offered.code(), guesser()));
    var elsewhere = new Guesser(world.tokens.secret(), "192.0.2.8");
    assertInstanceOf(LinkOutcome.Opened.class, byCode(offered.code(), elsewhere));
  }

  @Test
  void aPasswordLinkIsThereOnlyWhileThePasswordIsAskedForAndOpensOnce() {
    var login = opened();
    assertTrue(world.in(h -> world.links.passwordLink(h, login.id())).isEmpty());
    askPassword();
    var first = world.in(h -> world.links.passwordLink(h, login.id())).orElseThrow();
    var second = world.in(h -> world.links.passwordLink(h, login.id())).orElseThrow();
    assertEquals(new LinkOutcome.Spent(), byPasswordLink(first), "the newer one replaced it");
    assertEquals(
        login.id(), world.in(h -> world.links.findByPasswordLink(h, second)).orElseThrow().id());
    var cookie = cookie(byPasswordLink(second));
    assertEquals(new LinkOutcome.Spent(), byPasswordLink(second));
    var browser = world.in(h -> world.browsers.find(h, cookie)).orElseThrow();
    assertEquals(LoginBrowser.Kind.PASSWORD, browser.kind());
    assertTrue(world.in(h -> world.logins.view(h, browser)).orElseThrow().link().isEmpty());
    world.in(h -> world.logins.cancel(h, browser));
    assertFalse(find(login).live());
  }

  @Test
  void aLinkOfOneKindDoesNotOpenTheOther() {
    var login = opened();
    var offered = offered(login);
    assertEquals(new LinkOutcome.Unknown(), byPasswordLink(offered.link()));
    askPassword();
    var password = world.in(h -> world.links.passwordLink(h, login.id())).orElseThrow();
    assertEquals(new LinkOutcome.Unknown(), byLink(password));
  }

  @Test
  void aCookieCountsForAnHour() {
    var cookie = cookie(byLink(offered(opened()).link()));
    world.clock.advance(LoginBrowsers.COOKIE_LIFE.minusSeconds(1));
    assertTrue(world.in(h -> world.browsers.find(h, cookie)).isPresent());
    world.clock.advance(Duration.ofSeconds(1));
    assertTrue(world.in(h -> world.browsers.find(h, cookie)).isEmpty());
  }

  private int forgotten() {
    return world.in(h -> world.browsers.forget(h, world.clock.instant()));
  }

  private Login opened() {
    var request =
        new LoginRequest(
            ilya, Optional.of(world.premiumInvite(1)), true, DomainWorld.BOT, 139_883_458);
    var granted =
        (RequestOutcome.Granted) world.in(handle -> world.logins.request(handle, request));
    var id = granted.login().id();
    var data = Hashes.sha256("launch " + launches++);
    world.in(h -> {
      world.logins.open(h, id, ilya.telegramId(), data, world.tokens.secret());
      world.links.offer(h, world.logins.find(h, id).orElseThrow());
      return 0;
    });
    return find(granted.login());
  }

  private void askPassword() {
    var process = new WorkerProcess("host-a", 1, 1);
    var claim =
        world
            .in(h -> world.runs.claim(h, world.workers.register(h, process), "host-a", 1))
            .getFirst();
    world.in(h ->
        world.runs.linked(
            h, claim, new Secret("tg://login?token=AAAA"), world.clock.instant().plusSeconds(30)));
    world.in(h -> world.runs.apply(h, claim, new PasswordAsked(Optional.of("кличка"))));
  }

  private Login find(Login login) {
    return world.in(h -> world.logins.find(h, login.id())).orElseThrow();
  }

  private SecondScreen.Offered offered(Login login) {
    return (SecondScreen.Offered)
        world.in(h -> world.links.secondScreen(h, find(login))).orElseThrow();
  }

  private Guesser guesser() {
    return new Guesser(world.tokens.secret(), "192.0.2.7");
  }

  private LinkOutcome byLink(Secret link) {
    return world.in(h -> world.links.openByPageLink(h, link, CHROME));
  }

  private LinkOutcome byPasswordLink(Secret link) {
    return world.in(h -> world.links.openByPasswordLink(h, link, CHROME));
  }

  private LinkOutcome byCode(PageCode code, Guesser guesser) {
    return guess(Optional.of(code), guesser);
  }

  private LinkOutcome guess(Optional<PageCode> code, Guesser guesser) {
    return world.in(h -> world.links.openByPageCode(h, code, guesser, CHROME));
  }

  private static Secret cookie(LinkOutcome outcome) {
    return assertInstanceOf(LinkOutcome.Opened.class, outcome).cookie();
  }
}
