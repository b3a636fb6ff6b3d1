package propusk.domain.websession;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import propusk.domain.DomainWorld;
import propusk.domain.account.Account;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.login.LoginId;
import propusk.domain.login.LoginRequest;
import propusk.domain.login.RequestOutcome;
import propusk.domain.seal.Secret;

class WebSessionsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final BrowserInfo CHROME =
      new BrowserInfo(
          Optional.of("Chrome"),
          Optional.empty(),
          Optional.of(InetAddress.ofLiteral("203.0.113.7")));

  private final DomainWorld world = new DomainWorld();
  private final WebSessions sessions = new WebSessions(world.clock, world.tokens);
  private final Account ilya = world.person(1, "Ilya");

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aBusySessionGoesOnUntilItsAbsoluteEndAndAnIdleOneEndsAfterHalfAnHour() {
    var busy = enter(login(ilya), ilya).orElseThrow();
    var idle = enter(login(ilya), ilya).orElseThrow();
    for (int minutes = 0; minutes < 12 * 60; minutes += 29) {
      assertEquals(ilya.id(), show(busy).orElseThrow().account());
      world.clock.advance(MINUTE.multipliedBy(29));
    }
    world.clock.advance(WebSessions.LIFE.minus(MINUTE.multipliedBy(29 * 25)));
    assertTrue(show(busy).isEmpty(), "twelve hours are over");
    assertTrue(show(idle).isEmpty(), "it was never shown");
    assertEquals(
        2,
        world.<Integer>in(handle -> sessions.forget(handle, world.clock.instant().plus(MINUTE))));
  }

  @Test
  void anIdleOneEndsOnTheMinute() {
    var cookie = enter(login(ilya), ilya).orElseThrow();
    assertEquals(CHROME, show(cookie).orElseThrow().browser());
    world.clock.advance(WebSessions.IDLE.minusSeconds(1));
    assertTrue(show(cookie).isPresent());
    world.clock.advance(WebSessions.IDLE);
    assertTrue(show(cookie).isEmpty());
  }

  @Test
  void whoIsShownOutStaysOutAndOthersStayIn() {
    var one = enter(login(ilya), ilya).orElseThrow();
    var two = enter(login(ilya), ilya).orElseThrow();
    var anna = world.person(2, "Anna");
    var annas = enter(login(anna), anna).orElseThrow();
    assertTrue(world.<Boolean>in(handle -> sessions.revoke(handle, one)));
    assertFalse(world.<Boolean>in(handle -> sessions.revoke(handle, one)));
    assertTrue(show(one).isEmpty());
    assertTrue(show(two).isPresent());
    assertEquals(1, world.<Integer>in(handle -> sessions.revokeAll(handle, ilya.id())));
    assertTrue(show(two).isEmpty());
    assertTrue(show(annas).isPresent());
  }

  @Test
  void aBrowserIsShownOutFromAnotherByItsNameAndOnlyByItsOwner() {
    var here = enter(login(ilya), ilya).orElseThrow();
    var there = enter(login(ilya), ilya).orElseThrow();
    var anna = world.person(2, "Anna");
    enter(login(anna), anna);
    var mine = show(here).orElseThrow().id();
    var other = show(there).orElseThrow().id();
    assertEquals(Set.of(mine, other), names(ilya));
    assertFalse(revoke(anna, other), "not hers");
    assertTrue(revoke(ilya, other));
    assertFalse(revoke(ilya, other), "once");
    assertTrue(show(there).isEmpty());
    assertEquals(Set.of(mine), names(ilya));

    enter(login(ilya), ilya);
    enter(login(ilya), ilya);
    assertEquals(2, world.<Integer>in(handle -> sessions.revokeOthers(handle, ilya.id(), mine)));
    assertEquals(Set.of(mine), names(ilya));
    assertEquals(1, names(anna).size());
  }

  @Test
  void watchingDoesNotKeepASessionAlive() {
    var cookie = enter(login(ilya), ilya).orElseThrow();
    world.clock.advance(WebSessions.IDLE.minusSeconds(1));
    assertTrue(peek(cookie).isPresent());
    world.clock.advance(Duration.ofSeconds(1));
    assertTrue(peek(cookie).isEmpty());
    assertTrue(names(ilya).isEmpty(), "what is over is not listed");
  }

  @Test
  void aLoginLetsInOneBrowserAndHandsItsCookieOutAgainOnlyWhileItWasNeverShown() {
    var login = login(ilya);
    var lost = enter(login, ilya).orElseThrow();
    var kept = enter(login, ilya).orElseThrow();
    assertTrue(show(lost).isEmpty(), "the first cookie ends with the second");
    assertTrue(enter(login, ilya).isEmpty(), "there is no third");
    assertTrue(show(kept).isPresent());

    var shown = login(ilya);
    var cookie = enter(shown, ilya).orElseThrow();
    show(cookie);
    assertTrue(enter(shown, ilya).isEmpty(), "it was shown");
    world.in(handle -> sessions.revoke(handle, cookie));
    assertTrue(enter(shown, ilya).isEmpty(), "after logging out too");

    var late = login(ilya);
    enter(late, ilya);
    world.clock.advance(WebSessions.HANDED_OUT_AGAIN);
    assertTrue(enter(late, ilya).isEmpty(), "too late");
  }

  @Test
  void otherProofsLetInWithoutALogin() {
    for (var via : LoginVia.values()) {
      var cookie = world.in(handle -> sessions.enter(handle, via, ilya.id(), CHROME));
      assertEquals(via, show(cookie).orElseThrow().loginVia());
    }
  }

  /// Threat T27.
  @Test
  void whomAnOrganizationVouchedForIsInOnItsPagesOnly() {
    var shore = world.organization("north-shore").id();
    var other = world.organization("other").id();
    var cookie =
        world.in(handle ->
            sessions.enterFor(handle, shore, LoginVia.TELEGRAM_CONFIRM, ilya.id(), CHROME));
    assertTrue(show(cookie).isEmpty(), "no dashboard, no account, no devices");
    assertTrue(world.in(handle -> sessions.peek(handle, cookie)).isEmpty());
    assertTrue(world.in(handle -> sessions.showTo(handle, other, cookie)).isEmpty());
    var shown = world.in(handle -> sessions.showTo(handle, shore, cookie)).orElseThrow();
    assertEquals(Optional.of(shore), shown.organization());

    var own = enter(login(ilya), ilya).orElseThrow();
    assertTrue(world.in(handle -> sessions.showTo(handle, other, own)).isPresent());
    assertEquals(2, world.in(handle -> sessions.list(handle, ilya.id())).size());
    assertTrue(world.<Boolean>in(handle -> sessions.revoke(handle, ilya.id(), shown.id())));
    assertTrue(world.in(handle -> sessions.showTo(handle, shore, cookie)).isEmpty());
  }

  @Test
  void onlyTheHashOfACookieIsStored() {
    var cookie = enter(login(ilya), ilya).orElseThrow();
    assertTrue(show(new Secret(cookie.value() + "x")).isEmpty());
    assertEquals(
        0,
        world.count(
            "SELECT count(*) FROM web_session s WHERE s::text LIKE '%" + cookie.value() + "%'"));
  }

  private Optional<Secret> enter(LoginId login, Account account) {
    boolean may = world.in(handle -> sessions.mayEnter(handle, login));
    var entered = entered(login, account);
    assertEquals(may, entered.isPresent(), "it was said before");
    return entered;
  }

  private Optional<Secret> entered(LoginId login, Account account) {
    return world.in(handle -> sessions.enter(handle, login, account.id(), CHROME));
  }

  private Optional<WebSession> show(Secret cookie) {
    return world.in(handle -> sessions.show(handle, cookie));
  }

  private Optional<WebSession> peek(Secret cookie) {
    return world.in(handle -> sessions.peek(handle, cookie));
  }

  private boolean revoke(Account account, WebSessionId id) {
    return world.in(handle -> sessions.revoke(handle, account.id(), id));
  }

  private Set<WebSessionId> names(Account account) {
    return world.in(handle -> sessions.list(handle, account.id())).stream()
        .map(WebSession::id)
        .collect(Collectors.toSet());
  }

  private LoginId login(Account account) {
    var request =
        new LoginRequest(
            account,
            Optional.of(world.premiumInvite(1)),
            true,
            DomainWorld.BOT,
            account.id().value());
    if (world.in(handle -> world.logins.request(handle, request))
        instanceof RequestOutcome.Granted(var login, var _)) {
      return login.id();
    }
    throw new AssertionError("no login");
  }
}
