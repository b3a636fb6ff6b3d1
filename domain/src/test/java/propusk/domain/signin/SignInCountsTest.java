package propusk.domain.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import propusk.domain.DomainWorld;
import propusk.domain.account.Account;
import propusk.domain.browser.BrowserInfo;
import propusk.domain.funnel.Funnels;
import propusk.domain.seal.Secret;

class SignInCountsTest {
  private static final BrowserInfo BROWSER =
      new BrowserInfo(Optional.empty(), Optional.empty(), Optional.empty());

  private static final BrowserProof COOKIE = new BrowserProof.Cookie(new Secret("A".repeat(43)));

  @Test
  void whatIsCountedAsItHappensIsWhatTheRowsSayAndARolledBackStepIsNeither() {
    try (var world = new DomainWorld()) {
      var ilya = world.person(1, "Ilya");
      begin(world);
      open(world, begin(world), ilya);
      var denied = open(world, begin(world), ilya);
      world.in(h -> world.signIns.deny(h, denied.id(), ilya.id()));
      var mismatched = open(world, begin(world), ilya);
      int other = mismatched.number() == 10 ? 11 : 10;
      world.in(h -> world.signIns.pick(h, mismatched.id(), ilya.id(), other));
      approve(world, open(world, begin(world), ilya), ilya);
      var entered = open(world, begin(world), ilya);
      approve(world, entered, ilya);
      world.in(h -> world.signIns.exchange(h, entered.id(), COOKIE));
      assertThrows(
          IllegalStateException.class,
          () ->
              world.in(handle -> {
                world.signIns.begin(handle, request(world));
                throw new IllegalStateException("rolled back");
              }));
      world.clock.advance(Duration.ofMinutes(11));
      world.in(world.signIns::endOverdue);

      var counted = new TreeMap<String, Long>();
      for (var step : SignInStep.values()) {
        counted.put(step.code(), world.signInCounts.of(SignInKind.SITE, step));
      }
      var expected = new TreeMap<String, Long>();
      expected.putAll(Map.of("started", 6L, "opened", 5L, "approved", 2L, "exchanged", 1L));
      expected.putAll(Map.of("denied", 1L, "mismatched", 1L, "replaced", 0L));
      expected.putAll(Map.of("never_opened", 1L, "no_answer", 1L, "not_collected", 1L));
      assertEquals(expected, counted);

      var since = world.clock.instant().minus(Duration.ofDays(1));
      var day = world.in(handle -> new Funnels().signIns(handle, since)).getFirst();
      assertEquals(6, day.started());
      assertEquals(5, day.opened());
      assertEquals(2, day.scanned());
      assertEquals(1, day.finished());
      assertEquals(0, day.underWay());
      assertEquals(
          Map.of(
              "denied", 1, "mismatched", 1, "never_opened", 1, "no_answer", 1, "not_collected", 1),
          day.ends());
    }
  }

  private static SignInRequest request(DomainWorld world) {
    return new SignInRequest(COOKIE, BROWSER, world.tokens.id(), Optional.empty(), false);
  }

  private static SignIn begin(DomainWorld world) {
    var begun = world.in(handle -> world.signIns.begin(handle, request(world)));
    return assertInstanceOf(BeginOutcome.Begun.class, begun).signIn();
  }

  private static SignIn open(DomainWorld world, SignIn signIn, Account by) {
    var opened =
        world.in(handle -> world.signIns.open(handle, world.signIns.start(signIn), by.id()));
    return assertInstanceOf(OpenOutcome.Asks.class, opened).signIn();
  }

  private static void approve(DomainWorld world, SignIn signIn, Account by) {
    var decision =
        world.in(handle -> world.signIns.pick(handle, signIn.id(), by.id(), signIn.number()));
    assertInstanceOf(Decision.Approved.class, decision);
  }
}
