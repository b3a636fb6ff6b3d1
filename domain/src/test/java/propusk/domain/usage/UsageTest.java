package propusk.domain.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import propusk.domain.DomainWorld;
import propusk.domain.account.Account;

class UsageTest {
  private final DomainWorld world = new DomainWorld();
  private final Usage usage = new Usage(world.clock);
  private final Account ilya = world.person(1, "Ilya");

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void whatIsReportedCountsUntilMoscowsMidnightButChannelsStay() {
    assertEquals(used(0, 0, 0), now(ilya), "an empty day");
    report(PlanLimit.CHANNELS, 23);
    report(PlanLimit.POSTS, 400);
    report(PlanLimit.POSTS, 412);
    report(PlanLimit.RAG, 918);
    assertEquals(used(23, 412, 918), now(ilya), "the newest word counts");
    assertEquals(used(0, 0, 0), now(world.person(2, "Anna")), "of each account its own");

    assertEquals(Instant.parse("2026-11-20T21:00:00Z"), usage.nextDay());
    world.clock.advance(Duration.between(world.clock.instant(), usage.nextDay()).minusSeconds(1));
    assertEquals(used(23, 412, 918), now(ilya), "a second before midnight");
    world.clock.advance(Duration.ofSeconds(1));
    assertEquals(used(23, 0, 0), now(ilya), "a new day");

    world.clock.advance(Duration.ofDays(31));
    assertEquals(used(0, 0, 0), now(ilya), "nothing was reported for a month");
    assertEquals(3, world.<Integer>in(usage::forget));
    assertEquals(0, world.count("SELECT count(*) FROM usage"));
  }

  private void report(PlanLimit limit, int used) {
    world.jdbi.useTransaction(handle -> usage.report(handle, ilya.id(), limit, used));
  }

  private Map<PlanLimit, Integer> now(Account account) {
    return world.in(handle -> usage.now(handle, account.id()));
  }

  private static Map<PlanLimit, Integer> used(int channels, int posts, int rag) {
    return Map.of(PlanLimit.CHANNELS, channels, PlanLimit.POSTS, posts, PlanLimit.RAG, rag);
  }
}
