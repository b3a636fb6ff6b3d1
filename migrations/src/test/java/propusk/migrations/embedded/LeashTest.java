package propusk.migrations.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeashTest {
  private static final List<String> COMMAND = List.of("echo", "it runs");

  @Test
  void aChildOfItsOwnerRuns() throws Exception {
    var line = Leash.on("TERM", List.of(), COMMAND);
    var process = new ProcessBuilder(line).start();
    assertEquals("it runs\n", output(process));
    assertEquals(0, process.waitFor());
  }

  /// The owner dies after it has started the child and before the kernel was told of the two: the
  /// child has another parent by then, for whose end it would wait.
  @Test
  void aChildWhoseOwnerDiedBeforeItWasBoundDoesNotRun() throws Exception {
    var owner = new ProcessBuilder("true").start();
    long gone = owner.pid();
    owner.waitFor();
    var process = new ProcessBuilder(Leash.on(gone, "TERM", List.of(), COMMAND)).start();
    assertEquals("", output(process));
    assertNotEquals(0, process.waitFor());
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
