package propusk.domain.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import propusk.migrations.TestDatabase;

class LimitsTest {
  private static final Limit LIMIT = Limit.INVITE_GUESS_PER_PERSON;
  private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final Limits limits = new Limits(now::get);

  @Test
  void closesAfterItsAmountForThatSubjectOnlyAndOpensWithTheWindowsEnd() {
    try (var database = TestDatabase.create()) {
      var jdbi = Jdbi.create(database.dataSource());
      for (int use = 0; use < LIMIT.amount(); use++) {
        assertTrue(closedUntil(jdbi, "1").isEmpty());
        now.updateAndGet(at -> at.plusSeconds(60));
        jdbi.useTransaction(handle -> limits.count(handle, LIMIT, "1"));
      }
      assertEquals(Optional.of(START.plusSeconds(60).plus(LIMIT.window())), closedUntil(jdbi, "1"));
      assertTrue(closedUntil(jdbi, "2").isEmpty());
      now.set(START.plusSeconds(60).plus(LIMIT.window()));
      assertTrue(closedUntil(jdbi, "1").isEmpty());
      jdbi.useTransaction(handle -> limits.count(handle, LIMIT, "1"));
      assertTrue(closedUntil(jdbi, "1").isEmpty(), "a new window counts from one");
      assertEquals(
          1,
          jdbi.<Integer, RuntimeException>inTransaction(
              handle -> limits.forget(handle, now.get().plus(Duration.ofDays(1)))));
    }
  }

  @Test
  void ofManyWhoTakeAtOnceOnlyAsManyPassAsItAllows() throws Exception {
    try (var database = TestDatabase.create();
        var people = Executors.newVirtualThreadPerTaskExecutor()) {
      var jdbi = Jdbi.create(database.dataSource());
      Callable<Optional<Instant>> one = () -> take(jdbi);
      var asked = people.invokeAll(Collections.nCopies(3 * LIMIT.amount(), one));
      int passed = 0;
      for (var answer : asked) {
        var closedUntil = answer.get();
        closedUntil.ifPresent(until -> assertEquals(START.plus(LIMIT.window()), until));
        passed += closedUntil.isEmpty() ? 1 : 0;
      }
      assertEquals(LIMIT.amount(), passed);
      now.set(START.plus(LIMIT.window()));
      assertTrue(take(jdbi).isEmpty(), "the next window is open");
    }
  }

  private Optional<Instant> take(Jdbi jdbi) {
    return jdbi.inTransaction(handle -> limits.take(handle, LIMIT, "1"));
  }

  private Optional<Instant> closedUntil(Jdbi jdbi, String subject) {
    return jdbi.inTransaction(handle -> limits.closedUntil(handle, LIMIT, subject));
  }
}
