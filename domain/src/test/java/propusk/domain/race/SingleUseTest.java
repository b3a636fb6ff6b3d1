package propusk.domain.race;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import propusk.domain.DomainWorld;

class SingleUseTest {
  private static final int CROWD = 50;
  private static final int ROUNDS = 20;

  @Test
  void ofFiftyWhoUseTheSameThingAtOnceExactlyOneGetsSomethingWhateverItIs() throws Exception {
    try (var world = new DomainWorld();
        var contest = new Contest(world, CROWD)) {
      var wrong = new TreeMap<String, Integer>();
      for (var use : SingleUses.of(world, CROWD)) {
        for (int round = 0; round < ROUNDS; round++) {
          int got = contest.round(use).size();
          if (got != 1) {
            wrong.merge(use.name() + ": " + got + " got something", 1, Integer::sum);
          }
        }
      }
      assertEquals(new TreeMap<>(), wrong);
    }
  }
}
