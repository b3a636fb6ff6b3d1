package propusk.domain.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import propusk.domain.DomainWorld;
import propusk.domain.account.Account;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.seal.Secret;
import propusk.domain.websession.LoginVia;

/// T25: a remembered browser's cookie in the hands of two, and answers that were lost.
class TrustedDevicesTest {
  private static final Duration LATER = TrustedDevices.GRACE.plusSeconds(1);
  private static final BrowserInfo CHROME =
      new BrowserInfo(
          Optional.of("Chrome"),
          Optional.of("Windows"),
          Optional.of(InetAddress.ofLiteral("203.0.113.7")));

  private final DomainWorld world = new DomainWorld();
  private final TrustedDevices devices = world.devices;
  private final Account ilya = world.person(1, "Ilya");
  private final Secret session = enter();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void eachUseReplacesTheCookie() {
    var first = remember();
    world.clock.advance(LATER);
    var second = known(first);
    world.clock.advance(LATER);
    var third = known(second);
    assertNotEquals(first, second);
    assertNotEquals(second, third);
    assertEquals(1, devices().size());
  }

  @Test
  void anAnswerThatWasLostIsGivenAgainForTenSeconds() {
    var cookie = remember();
    world.clock.advance(LATER);
    var lost = known(cookie);
    world.clock.advance(TrustedDevices.GRACE.minusSeconds(1));
    assertEquals(lost, known(cookie), "the very same successor");
    assertEquals(lost, known(lost), "and it is not replaced meanwhile");
    world.clock.advance(LATER);
    assertNotEquals(lost, known(lost));
  }

  /// Whoever of thief and owner comes second shows what was replaced.
  @Test
  void aCopiedCookieIsNoticedWhenTheSecondOfTwoShowsIt() {
    for (boolean thiefFirst : new boolean[] {true, false}) {
      var cookie = remember();
      var watching = enter();
      var elsewhere = enter();
      world.in(handle -> {
        var id = devices.list(handle, ilya.id()).getFirst().id();
        world.webSessions.openedBy(handle, watching, id.value());
        world.letIn(handle, ilya);
        return id;
      });
      world.clock.advance(LATER);
      var newer = known(cookie);
      world.clock.advance(LATER);
      // thiefFirst: the owner comes with the old one; else the thief does. It is the same to us.
      assertInstanceOf(DeviceOutcome.Stolen.class, use(cookie), () -> "thief first: " + thiefFirst);
      assertInstanceOf(DeviceOutcome.Unknown.class, use(newer), "the family is revoked");
      assertInstanceOf(DeviceOutcome.Unknown.class, use(cookie));
      assertTrue(world.in(handle -> world.webSessions.show(handle, watching)).isEmpty());
      assertTrue(world.in(handle -> world.webSessions.show(handle, elsewhere)).isPresent());
      assertEquals(0, devices().size());
    }
    assertEquals(2, world.count("SELECT count(*) FROM outbox WHERE kind = 'device_stolen'"));
  }

  @Test
  void oneReplacedTwiceIsATheftEvenAtOnce() {
    var first = remember();
    world.clock.advance(LATER);
    var second = known(first);
    world.clock.advance(LATER);
    known(second);
    assertInstanceOf(DeviceOutcome.Stolen.class, use(first));
  }

  @Test
  void hundredTabsAtOnceAreAllKnownAndGetOneCookie() throws Exception {
    var cookie = remember();
    for (int morning = 0; morning < 3; morning++) {
      world.clock.advance(LATER);
      var shown = cookie;
      Callable<Secret> tab = () -> known(shown);
      try (var threads = Executors.newFixedThreadPool(32)) {
        var given = new HashSet<Secret>();
        for (var answer : threads.invokeAll(Collections.nCopies(100, tab))) {
          given.add(answer.get());
        }
        assertEquals(1, given.size());
        cookie = given.iterator().next();
      }
      assertNotEquals(shown, cookie);
    }
  }

  @Test
  void rubbishWithARealIdIsNoTheft() {
    var cookie = remember();
    var id = cookie.value().substring(0, DeviceId.LENGTH);
    var guessed = new Secret(id + "." + world.tokens.secret().value());
    assertInstanceOf(DeviceOutcome.Unknown.class, use(guessed));
    for (var text :
        new String[] {"x", id, id + ".", id + "." + "A".repeat(42), "." + "A".repeat(65)}) {
      assertInstanceOf(DeviceOutcome.Unknown.class, use(new Secret(text)));
    }
    known(cookie);
  }

  @Test
  void whoIsNotAskedForIsLeftAsTheyAre() {
    var cookie = remember();
    world.clock.advance(LATER);
    assertInstanceOf(
        DeviceOutcome.NotThis.class,
        world.<DeviceOutcome>in(handle -> devices.use(handle, cookie, CHROME, _ -> false)));
    known(cookie);
  }

  @Test
  void afterSigningOutADeviceRestsUntilItIsUsedAgain() {
    var cookie = remember();
    world.in(handle -> {
      devices.rest(handle, cookie);
      return cookie;
    });
    assertInstanceOf(
        DeviceOutcome.NotThis.class,
        world.<DeviceOutcome>in(h -> devices.use(h, cookie, CHROME, device -> !device.resting())));
    var next = known(cookie);
    assertFalse(devices().getFirst().resting());
    known(next);
  }

  @Test
  void theCookieJustReplacedLetsItRestAndDropsItToo() {
    for (boolean late : new boolean[] {false, true}) {
      var lost = remember();
      world.clock.advance(LATER);
      known(lost);
      if (late) {
        world.clock.advance(TrustedDevices.GRACE);
      }
      world.in(handle -> {
        devices.rest(handle, lost);
        return lost;
      });
      assertEquals(!late, devices().getFirst().resting(), "an older one has no say");
      world.in(handle -> {
        devices.drop(handle, lost);
        return lost;
      });
      assertEquals(late ? 1 : 0, devices().size());
    }
  }

  @Test
  void itsOwnerForgetsItAndNobodyElse() {
    var cookie = remember();
    var id = devices().getFirst().id();
    var anna = world.person(2, "Anna");
    assertFalse(world.<Boolean>in(handle -> devices.revoke(handle, anna.id(), id)));
    assertTrue(world.<Boolean>in(handle -> devices.revoke(handle, ilya.id(), id)));
    assertInstanceOf(DeviceOutcome.Unknown.class, use(cookie));
    assertTrue(world.in(handle -> world.webSessions.show(handle, session)).isEmpty());
    var other = remember();
    world.<Integer>in(handle -> devices.revokeAll(handle, ilya.id()));
    assertInstanceOf(DeviceOutcome.Unknown.class, use(other));
  }

  @Test
  void whoIsShownOutFromAnotherBrowserDoesNotComeBackByItself() {
    var here = remember();
    var elsewhere = enter();
    var other = world.in(handle -> devices.remember(handle, ilya.id(), CHROME, elsewhere));
    var kept = world.in(handle -> world.webSessions.peek(handle, session)).orElseThrow().id();
    assertEquals(1, world.<Integer>in(h -> devices.revokeOthers(h, ilya.id(), kept)));
    assertInstanceOf(DeviceOutcome.Unknown.class, use(other));
    known(here);
    var anna = world.person(2, "Anna");
    assertEquals(0, world.<Integer>in(h -> devices.revokeWith(h, anna.id(), kept)));
    assertEquals(1, world.<Integer>in(h -> devices.revokeWith(h, ilya.id(), kept)));
    assertInstanceOf(DeviceOutcome.Unknown.class, use(here));
  }

  @Test
  void whoIsLetInWhileTheDeviceIsBeingForgottenIsShownOut() throws Exception {
    remember();
    var id = devices().getFirst().id();
    try (var elsewhere = Executors.newSingleThreadExecutor()) {
      var forgetting = new ArrayList<Future<Boolean>>();
      var entered =
          world.in(handle -> {
            assertTrue(devices.counts(handle, id));
            Callable<Boolean> forget = () -> world.in(h -> devices.revoke(h, ilya.id(), id));
            forgetting.add(elsewhere.submit(forget));
            while (!forgetting.getFirst().isDone()
                && world.count("SELECT count(*) FROM pg_locks WHERE NOT granted") == 0) {
              Thread.onSpinWait();
            }
            var cookie =
                world.webSessions.enter(handle, LoginVia.TELEGRAM_DIRECT, ilya.id(), CHROME);
            world.webSessions.openedBy(handle, cookie, id.value());
            return cookie;
          });
      assertTrue(forgetting.getFirst().get());
      assertTrue(world.in(handle -> world.webSessions.show(handle, entered)).isEmpty());
    }
  }

  @Test
  void ninetyDaysUnusedAreItsEnd() {
    var cookie = remember();
    world.clock.advance(TrustedDevices.LIFE.minusSeconds(1));
    var next = known(cookie);
    world.clock.advance(TrustedDevices.LIFE);
    assertInstanceOf(DeviceOutcome.Unknown.class, use(next));
  }

  /// T16.
  @Test
  void noVerifierLiesInTheDatabase() {
    var cookie = remember();
    world.clock.advance(LATER);
    var next = known(cookie);
    for (var secret : new Secret[] {cookie, next}) {
      var verifier = secret.value().substring(DeviceId.LENGTH + 1);
      assertEquals(
          0,
          world.count(
              "SELECT count(*) FROM trusted_device d WHERE d::text LIKE '%" + verifier + "%'"));
    }
  }

  private Secret enter() {
    return world.in(h -> world.webSessions.enter(h, LoginVia.TELEGRAM_CONFIRM, ilya.id(), CHROME));
  }

  private Secret remember() {
    return world.in(handle -> devices.remember(handle, ilya.id(), CHROME, session));
  }

  private DeviceOutcome use(Secret cookie) {
    return world.in(handle -> devices.use(handle, cookie, CHROME, _ -> true));
  }

  private Secret known(Secret cookie) {
    var known = assertInstanceOf(DeviceOutcome.Known.class, use(cookie));
    assertEquals(ilya.id(), known.device().account());
    return known.successor();
  }

  private List<TrustedDevice> devices() {
    return world.in(handle -> devices.list(handle, ilya.id()));
  }
}
