package propusk.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The tests that docs/threats.md names are there.
class ThreatTableTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

  /// `StartTest`, `StartTest.aName`, `bot.LoginStoryTest.aName`; `.aName` is of the class before.
  private static final Pattern NAMED =
      Pattern.compile("(?:([a-z]+)\\.)?([A-Z]\\w*Test)?(?:\\.(\\w+))?");

  @Test
  void everyTestThatTheTableNamesExistsOnce() throws IOException {
    var tests = tests();
    var missing = new ArrayList<String>();
    int named = 0;
    for (var line : Files.readAllLines(ROOT.resolve("docs/threats.md"))) {
      List<Path> before = List.of();
      for (var quoted : QUOTED.matcher(line).results().map(found -> found.group(1)).toList()) {
        var parts = NAMED.matcher(quoted);
        if (!parts.matches() || (parts.group(2) == null && before.isEmpty())) {
          continue;
        }
        if (parts.group(2) != null) {
          before = files(tests, parts.group(1), parts.group(2));
        }
        named++;
        if (before.size() != 1 || !hasMethod(before.getFirst(), parts.group(3))) {
          missing.add(quoted + " in " + before);
        }
      }
    }
    assertEquals(List.of(), missing);
    assertTrue(named > 100, named + " names were found");
  }

  private static List<Path> tests() throws IOException {
    try (var all = Files.find(ROOT, 20, (path, _) -> path.toString().endsWith("Test.java"))) {
      return all.filter(path -> path.toString().contains("/src/test/java/")).toList();
    }
  }

  private static List<Path> files(List<Path> tests, @Nullable String module, String name) {
    return tests.stream()
        .filter(path -> path.endsWith(name + ".java"))
        .filter(path -> module == null || path.startsWith(ROOT.resolve(module)))
        .toList();
  }

  private static boolean hasMethod(Path test, @Nullable String name) throws IOException {
    return name == null || Files.readString(test).contains("void " + name + "(");
  }
}
