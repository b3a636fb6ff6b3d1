package propusk.app.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A minute of `./propusk soak`.
class SoakTest {
  private static final long SEED = 20;
  private static final int ROUNDS = 2;

  private Path directory;

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = Files.createTempDirectory("propusk-soak-");
  }

  @AfterEach
  void end() throws Exception {
    new ProcessBuilder("rm", "-rf", directory.toString()).start().waitFor();
  }

  @Test
  void noLoginIsLostThoughEverythingIsKilled() throws Exception {
    var tally = new Tally();
    try (var machine = Machine.start(directory)) {
      var book = new Book(directory.resolve("book.jsonl"));
      var run = new SoakRun(machine, book, tally, SEED, _ -> {});
      while (tally.round < ROUNDS) {
        run.round();
      }
      run.judgeAll();
    }
    assertEquals(List.of(), tally.violations);
  }
}
