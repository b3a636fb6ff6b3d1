package propusk.app.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import propusk.app.story.Jars;
import propusk.sandbox.person.SandboxClient;

/// The whole demo in processes of its own, from the jars that the build has just made.
class DemoTest {
  private static final Path CLONE = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern SANDBOX = Pattern.compile("Open the sandbox.* (http://\\S+)");
  private static final Pattern INVITE = Pattern.compile("/login ([A-Z2-7]{12})");

  private Path state;
  private final List<Demo> started = new ArrayList<>();

  @BeforeEach
  void makeState() throws IOException {
    state = Files.createTempDirectory("propusk-demo-");
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx--x--x"));
  }

  @AfterEach
  void end() throws Exception {
    for (var demo : started) {
      demo.process().destroyForcibly();
      demo.awaitEndOfAll();
    }
    new ProcessBuilder("rm", "-rf", state.toString()).start().waitFor();
  }

  @Test
  void keepsEverythingThoughItIsKilledAndForgetsWhenAsked() throws Exception {
    var first = start();
    long anna = newPerson(first, "Анна-1");
    first.process().destroyForcibly();
    first.awaitEndOfAll();

    var again = start();
    assertEquals(first.invite(), again.invite());
    assertTrue(people(again).contains("Анна-1"), "the sandbox forgot person " + anna);
    again.process().destroy();
    assertTrue(again.process().waitFor(60, TimeUnit.SECONDS), "the demo did not end when told to");
    again.awaitEndOfAll();

    var anew = start("--reset");
    assertNotEquals(first.invite(), anew.invite());
    assertTrue(!people(anew).contains("Анна-1"), "the sandbox remembers after a reset");
  }

  private record Demo(Process process, List<ProcessHandle> children, URI sandbox, String invite) {

    void awaitEndOfAll() throws Exception {
      for (var child : children) {
        child.onExit().get(60, TimeUnit.SECONDS);
      }
    }
  }

  private Demo start(String... options) throws IOException {
    var line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dpropusk.clone=" + CLONE,
                "-Dpropusk.log=WARN",
                "-cp",
                Jars.classPath(),
                "propusk.app.Main",
                "demo"));
    line.addAll(List.of(options));
    var builder = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("PROPUSK_STATE_DIR", state.toString());
    var process = builder.start();
    var words = read(process);
    var demo =
        new Demo(
            process,
            process.descendants().toList(),
            URI.create(found(SANDBOX, words)),
            found(INVITE, words));
    started.add(demo);
    return demo;
  }

  /// All that the demo says until it is ready, or until it ends.
  private static String read(Process process) throws IOException {
    var words = new StringBuilder();
    var reader =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    while (true) {
      var line = reader.readLine();
      if (line == null) {
        return words.toString();
      }
      words.append(line).append('\n');
      if (line.contains("Ctrl-C ends it")) {
        return words.toString();
      }
    }
  }

  private static String found(Pattern pattern, String words) {
    var matcher = pattern.matcher(words);
    assertTrue(matcher.find(), () -> "the demo did not say " + pattern + " but: " + words);
    return matcher.group(1);
  }

  private static long newPerson(Demo demo, String name) {
    try (var sandbox = new SandboxClient(demo.sandbox())) {
      return sandbox.newPerson(name, "").id();
    }
  }

  private static String people(Demo demo) {
    try (var sandbox = new SandboxClient(demo.sandbox())) {
      return sandbox.get("/sandbox/users").toString();
    }
  }
}
