package propusk.bot.sending;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PaceTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-20T10:00:00Z"));
  private final Pace pace = new Pace(now::get);

  @Test
  void aChatGetsThreeAtOnceAndThenOneASecond() {
    int sent = 0;
    for (int tenth = 0; tenth < 100; tenth++) {
      while (pace.chatRest(1).isZero() && pace.botRest().isZero()) {
        pace.sending(1);
        sent++;
      }
      assertTrue(sent <= 3 + tenth / 10, "after " + tenth + " tenths: " + sent);
      now.updateAndGet(at -> at.plusMillis(100));
    }
    assertEquals(12, sent);
  }

  @Test
  void aGroupGetsTwentyInAnyMinuteAtMost() {
    var times = new ArrayList<Instant>();
    for (int second = 0; second < 300; second++) {
      while (pace.chatRest(-100).isZero() && pace.botRest().isZero()) {
        pace.sending(-100);
        times.add(now.get());
      }
      now.updateAndGet(at -> at.plusSeconds(1));
    }
    for (int first = 0; first + 20 < times.size(); first++) {
      var twentyOne = Duration.between(times.get(first), times.get(first + 20));
      assertTrue(twentyOne.compareTo(Duration.ofMinutes(1)) >= 0, () -> "21 within " + twentyOne);
    }
    assertTrue(times.size() >= 80, "and they are not slower than they must be: " + times.size());
  }

  @Test
  void allChatsTogetherStayUnderThirtyInAnySecond() {
    var times = new ArrayList<Instant>();
    long chat = 0;
    for (int milli = 0; milli < 3_000; milli++) {
      while (pace.botRest().isZero()) {
        pace.sending(chat++);
        times.add(now.get());
      }
      now.updateAndGet(at -> at.plusMillis(1));
    }
    for (int first = 0; first + 30 < times.size(); first++) {
      var thirtyOne = Duration.between(times.get(first), times.get(first + 30));
      assertTrue(thirtyOne.compareTo(Duration.ofSeconds(1)) >= 0);
    }
    assertTrue(times.size() >= 75, "and they are not slower than they must be: " + times.size());
  }

  @Test
  void theRestIsAsLongAsNeeded() {
    for (int n = 0; n < 3; n++) {
      pace.sending(1);
    }
    assertEquals(Duration.ofSeconds(1), pace.chatRest(1));
    now.updateAndGet(at -> at.plusMillis(400));
    assertEquals(Duration.ofMillis(600), pace.chatRest(1));
    assertEquals(Duration.ZERO, pace.chatRest(2));
  }

  @Test
  void oneChatsFloodRestsThatChatAndTwoChatsFloodsRestTheBot() {
    var watch = new FloodWatch();
    var at = now.get();
    watch.seen(1, at, at.plusSeconds(30), false);
    assertEquals(Duration.ZERO, watch.pause(at));
    watch.seen(1, at.plusSeconds(1), at.plusSeconds(31), false);
    assertEquals(Duration.ZERO, watch.pause(at));
    watch.seen(2, at.plusSeconds(2), at.plusSeconds(10), false);
    assertEquals(Duration.ofSeconds(8), watch.pause(at.plusSeconds(2)));
    assertEquals(Duration.ZERO, watch.pause(at.plusSeconds(10)));
    watch.seen(3, at.plusSeconds(60), at.plusSeconds(90), true);
    assertEquals(Duration.ofSeconds(30), watch.pause(at.plusSeconds(60)));
  }
}
