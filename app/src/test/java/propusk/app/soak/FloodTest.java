package propusk.app.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import propusk.migrations.TestDatabase;

/// I5 and I6: some seconds of `./propusk flood`.
class FloodTest {

  @Test
  void noUpdateIsLostNorDoneTwiceNorOutOfOrderThoughWebIsKilled(@TempDir Path directory)
      throws Exception {
    var plan = new FloodRun.Plan(240, 30, 7, 60, Duration.ofMinutes(1));
    try (var database = TestDatabase.create();
        var run = new FloodRun(database.url(), directory, plan, _ -> {})) {
      assertEquals(List.of(), run.run().violations());
    }
  }
}
