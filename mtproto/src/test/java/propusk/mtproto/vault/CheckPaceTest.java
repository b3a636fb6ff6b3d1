package propusk.mtproto.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import propusk.domain.session.SessionChecks.Load;

final class CheckPaceTest {
  @ParameterizedTest
  @CsvSource({
    "0,     1, PT4H, PT3H12M",
    "1,     1, PT4H, PT3H12M",
    "8,     1, PT4H, PT24M",
    "480,   1, PT4H, PT24S",
    "1440,  1, PT12H, PT24S",
    "1440,  2, PT12H, PT48S",
    "10000, 1, PT24H, PT6.912S",
    "10000, 0, PT24H, PT6.912S",
    "1000000, 4, PT24H, PT0.276S"
  })
  void isEvenAndReachesEverySessionWithinItsPeriod(
      long sessions, int workers, Duration period, Duration slot) {
    var pace = CheckPace.of(new Load(sessions, workers));
    assertEquals(period, pace.period());
    assertEquals(slot, pace.slot());
    assertTrue(
        pace.slot().multipliedBy(sessions).dividedBy(Math.max(1, workers)).compareTo(period) <= 0);
  }
}
