package propusk.domain.invite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import propusk.domain.DomainWorld;
import propusk.domain.login.LoginRequest;
import propusk.domain.login.RequestOutcome;

class InvitesTest {
  private static final int CROWD = 64;

  private final DomainWorld world = new DomainWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void whatPeopleMistypeIsMended() {
    assertEquals("3HBP4Z3ECICZ", InviteCode.parse("3hbp 4z3e–cicz").orElseThrow().value());
    assertEquals("OIBOIBOIBOIB", InviteCode.parse("018018018018").orElseThrow().value());
    for (var bad :
        new String[] {
          "",
          "3HBP4Z3ECIC",
          "3HBP4Z3ECICZZ",
          "3HBP4Z3ECIC9",
          "3HBP4Z3ECIC<",
          "Ж".repeat(12),
          "A".repeat(10_000)
        }) {
      assertTrue(InviteCode.parse(bad).isEmpty(), bad);
    }
  }

  @Test
  void everyRefusalSaysWhy() {
    var ilya = world.person(1, "Илья").id();
    var unknown = InviteCode.parse("AAAAAAAAAAAA").orElseThrow();
    assertInstanceOf(
        Reservation.Unknown.class, world.in(h -> world.invites.reserve(h, unknown, ilya)));

    var daily =
        world.in(h -> world.invites.create(h, "premium", 1, Optional.of(Duration.ofDays(1))));
    world.clock.advance(Duration.ofDays(1));
    assertEquals(
        new Reservation.Expired(world.clock.instant()),
        world.in(h -> world.invites.reserve(h, daily, ilya)));

    var single = world.premiumInvite(1);
    var reserved =
        assertInstanceOf(
            Reservation.Reserved.class, world.in(h -> world.invites.reserve(h, single, ilya)));
    var anna = world.person(2, "Анна").id();
    assertInstanceOf(
        Reservation.UsedUp.class, world.in(h -> world.invites.reserve(h, single, anna)));
    world.in(h -> world.invites.redeem(h, reserved.invite(), ilya));
    assertInstanceOf(
        Reservation.UsedUp.class, world.in(h -> world.invites.reserve(h, single, anna)));
    assertInstanceOf(
        Reservation.AlreadyRedeemed.class, world.in(h -> world.invites.reserve(h, single, ilya)));

    var withdrawn = world.premiumInvite(1);
    world.in(h -> h.execute("UPDATE invite SET revoked_at = now()"));
    assertInstanceOf(
        Reservation.Withdrawn.class, world.in(h -> world.invites.reserve(h, withdrawn, anna)));
  }

  @Test
  void ofSixtyFourPeopleAtOnceExactlyTenGetAnInviteOfTenUses() throws Exception {
    var code = world.premiumInvite(10);
    var crowd = new ArrayList<Callable<RequestOutcome>>();
    var start = new CyclicBarrier(CROWD);
    for (int i = 1; i <= CROWD; i++) {
      var person = world.person(i, "P" + i);
      crowd.add(() -> {
        start.await();
        var request =
            new LoginRequest(person, Optional.of(code), false, DomainWorld.BOT, i(person));
        return world.in(handle -> world.logins.request(handle, request));
      });
    }
    int granted = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<RequestOutcome> answer : threads.invokeAll(crowd)) {
        switch (answer.get()) {
          case RequestOutcome.Granted _ -> granted++;
          case RequestOutcome.UsedUpInvite _ -> {}
          case RequestOutcome other -> throw new AssertionError(other);
        }
      }
    }
    assertEquals(10, granted);
    assertEquals(10, world.count("SELECT reserved FROM invite"));
    assertEquals(10, world.count("SELECT count(*) FROM login"));
  }

  private static long i(propusk.domain.account.Account person) {
    return person.telegramId().value();
  }
}
