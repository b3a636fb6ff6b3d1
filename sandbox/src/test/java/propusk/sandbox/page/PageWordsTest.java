package propusk.sandbox.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The page says the same things in both languages, and nothing it has no words for.
final class PageWordsTest {
  private static final Path PAGE = Path.of("src/main/resources/propusk/sandbox/page");
  private static final Pattern KEY = Pattern.compile("^  (\\w+):", Pattern.MULTILINE);
  private static final Pattern USE = Pattern.compile("\\bt\\(\\s*\"(\\w+)\"");

  @Test
  void hasTheSameKeysInBothLanguages() {
    var words = read(PAGE.resolve("words.js"));
    var english = words.indexOf("const en");
    assertEquals(find(KEY, words.substring(0, english)), find(KEY, words.substring(english)));
  }

  @Test
  void hasWordsForEverythingItSays() throws IOException {
    var keys = find(KEY, read(PAGE.resolve("words.js")));
    try (var files = Files.list(PAGE)) {
      for (var file : files.filter(name -> name.toString().endsWith(".js")).toList()) {
        var used = find(USE, read(file));
        assertTrue(keys.containsAll(used), () -> file + " says " + used);
      }
    }
  }

  @Test
  void neverWritesMarkupFromText() throws IOException {
    try (var files = Files.list(PAGE)) {
      for (var file : files.filter(name -> name.toString().endsWith(".js")).toList()) {
        var source = read(file);
        for (var word : List.of("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write")) {
          assertTrue(!source.contains(word), () -> file + " uses " + word);
        }
      }
    }
  }

  private static Set<String> find(Pattern pattern, String text) {
    var found = new TreeSet<String>();
    var matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
