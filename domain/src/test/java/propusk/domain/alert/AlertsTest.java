package propusk.domain.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import propusk.domain.DomainWorld;

class AlertsTest {
  private final DomainWorld world = new DomainWorld();
  private final Alerts alerts = new Alerts(world.clock);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void anIncidentIsToldOnceHoweverOftenItIsSeen() {
    raise(AlertKind.API_REJECTED, "login");
    assertEquals(1, take().size());
    for (int hour = 0; hour < 40; hour++) {
      world.clock.advance(Duration.ofHours(1));
      raise(AlertKind.API_REJECTED, "login");
    }
    assertEquals(List.of(), take());
    assertEquals(41, world.count("SELECT seen FROM alert"));
  }

  @Test
  void afterADayOfQuietTheNextOneIsToldAnew() {
    raise(AlertKind.RUN_BROKEN, "login");
    assertEquals(1, take().size());
    world.clock.advance(Alerts.QUIET.plusSeconds(1));
    raise(AlertKind.RUN_BROKEN, "login");
    var again = take().getFirst();
    assertEquals(1, again.seen());
    assertEquals(world.clock.instant(), again.firstSeen());
  }

  @Test
  void whatHappensWithinAMinuteIsToldTogether() {
    raise(AlertKind.SESSION_REVOKED, "one");
    assertEquals(1, take().size());
    raise(AlertKind.SESSION_REVOKED, "two");
    raise(AlertKind.SESSION_DUPLICATED, "two");
    assertEquals(List.of(), take());
    world.clock.advance(Alerts.PAUSE.plusSeconds(1));
    assertEquals(2, take().size());
  }

  @Test
  void ofTwoProcessesOneTells() {
    raise(AlertKind.SESSION_DAMAGED, "one");
    var other =
        world.in(first -> {
          assertEquals(1, alerts.takeUntold(first, 10).size());
          return take();
        });
    assertEquals(List.of(), other);
  }

  private void raise(AlertKind kind, String subject) {
    world.jdbi.useTransaction(handle -> alerts.raise(handle, kind, subject));
  }

  private List<Alert> take() {
    return world.in(handle -> alerts.takeUntold(handle, 10));
  }
}
