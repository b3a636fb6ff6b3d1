package propusk.mtproto.datacentre;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Another Telegram client in a Node.js process of its own, told what to do by one line of JSON.
///
/// What it says comes line by line: a word and a value.
final class NodeClient implements AutoCloseable {
  private static final Path CLIENTS = Path.of("npm", "clients").toAbsolutePath();
  private static final long LONGEST_SECONDS = 60;

  private final Process process;
  private final BufferedReader said;
  private final PrintWriter answers;

  private NodeClient(Process process) {
    this.process = process;
    this.said = process.inputReader(StandardCharsets.UTF_8);
    this.answers = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    process.onExit().orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS).exceptionally(_ -> kill());
  }

  /// Where the clients are installed; installs them when they are not.
  static Path modules() throws IOException {
    var cache = Path.of(System.getProperty("user.home"), ".cache", "propusk", "clients");
    var fetch =
        new ProcessBuilder(CLIENTS.resolve("fetch").toString(), cache.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var printed = new String(fetch.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertFalse(printed.isBlank(), "npm installed no clients");
    return Path.of(printed.strip());
  }

  static NodeClient start(String script, Map<String, Object> wanted) throws IOException {
    return new NodeClient(
        new ProcessBuilder(
                "node",
                CLIENTS.resolve(script).toString(),
                PlainTdlib.JSON.writeValueAsString(wanted))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /// Waits for the next line that begins with `word`, and answers the rest of it.
  String await(String word) {
    try {
      for (var line = said.readLine(); line != null; line = said.readLine()) {
        if (line.startsWith(word + " ")) {
          return line.substring(word.length() + 1);
        }
        if (line.startsWith("refused ")) {
          throw new AssertionError(line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new AssertionError("it ended without saying " + word);
  }

  /// Answers what the client asked for.
  void answer(String text) {
    answers.println(text);
  }

  private Process kill() {
    return process.destroyForcibly();
  }

  @Override
  public void close() {
    var _ = kill();
  }
}
